import { z } from 'zod';

/**
 * How several heads of one group are answered:
 * `decide` – equal values settle by themselves, anything else waits for a person;
 * `prose` – two heads with a known common ancestor merge by sentences, otherwise as `decide`;
 * `latest` – the highest hybrid time, then id: for list order, nothing that carries meaning.
 */
export type MergePolicy = 'decide' | 'prose' | 'latest';

/** Fields that mean something only together: the unit of change and of conflict. */
export type GroupDefinition<S extends z.ZodObject = z.ZodObject> = {
  readonly policy: MergePolicy;
  readonly schema: S;
  /** The least schema number a program must know to write this group. */
  readonly since: number;
  /** Ids of the task classes that answer for it: only they settle its conflicts (SPEC S4). Missing: everybody. */
  readonly settledBy?: readonly string[];
};

type Groups = { readonly [group: string]: GroupDefinition };

export type KindDefinition<G extends Groups = Groups> = {
  readonly groups: G;
  /** Written once: a correction is a new record that points to the one it corrects. */
  readonly appendOnly: boolean;
};

/** Unknown fields pass: a newer program's words survive an older program's edit. */
const keepingUnknown = <S extends z.ZodRawShape>(shape: S) => z.looseObject(shape);

const groupOf =
  (policy: MergePolicy) =>
  <S extends z.ZodRawShape>(shape: S) => ({ policy, schema: keepingUnknown(shape), since: 1 });

export const decide = groupOf('decide');
export const latest = groupOf('latest');
export const prose = groupOf('prose');

export const kind = <G extends Groups>(groups: G): KindDefinition<G> => ({
  groups,
  appendOnly: false,
});

/** Groups that came to a kind later: only programs from that schema number on can write them. */
export const groupsSince = <G extends Groups>(since: number, groups: G): G =>
  Object.fromEntries(
    Object.entries(groups).map(([name, group]) => [name, { ...group, since }]),
  ) as G;

/** Groups of which versions are settled only in these task classes; anybody with a right to write writes them. */
export const settledBy = <G extends Groups>(taskClasses: readonly string[], groups: G): G =>
  Object.fromEntries(
    Object.entries(groups).map(([name, group]) => [name, { ...group, settledBy: taskClasses }]),
  ) as G;

/** A kind whose groups only programs from that schema number on can write: they got their shape then. */
export const kindSince = <G extends Groups>(since: number, groups: G): KindDefinition<G> => ({
  groups: groupsSince(since, groups),
  appendOnly: false,
});

export const appendOnlyKind = <G extends Groups>(groups: G): KindDefinition<G> => ({
  groups,
  appendOnly: true,
});

/** An append-only kind that only programs from that schema number on can write. */
export const appendOnlyKindSince = <G extends Groups>(
  since: number,
  groups: G,
): KindDefinition<G> => appendOnlyKind(groupsSince(since, groups));
