import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { sameJson } from '#shared/lib/canonical-json.ts';
import { headsOf } from '#shared/sync/heads.ts';
import {
  isNewer,
  schemaToWrite,
  withUnknownFields,
  type KnownGroup,
  type Program,
} from '#shared/sync/versions.ts';
import { dice } from '../faults/dice.ts';

/**
 * Programs of three ages write the same records and give each other all they know, by the rules in their
 * plainest form. In the middle one a group got a field that older programs keep; in the newest, one group got
 * a shape of its own, and there are a group and a kind that nobody knew before.
 */

export const ages = ['older', 'present', 'newer'] as const;
export type Age = (typeof ages)[number];

const group = (since: number, ...fields: readonly string[]): KnownGroup => ({
  since,
  fields: new Set(fields),
});

const groups: Readonly<Record<Age, Readonly<Record<string, KnownGroup>>>> = {
  older: {
    'need/assessment': group(1, 'text'),
    'need/dose': group(1, 'amount'),
  },
  present: {
    'need/assessment': group(1, 'text', 'voice'),
    'need/dose': group(1, 'amount'),
    'need/status': group(2, 'status', 'reason'),
  },
  newer: {
    'need/assessment': group(1, 'text', 'voice', 'grounds'),
    'need/dose': group(3, 'amount', 'unit'),
    'need/status': group(2, 'status', 'reason', 'by'),
    'need/measure': group(3, 'scale', 'score'),
    'measure/entry': group(3, 'score'),
  },
};

export const programOf = (age: Age): Program => ({
  schema: ages.indexOf(age) + 1,
  groupOf: (kind, name) => groups[age][`${kind}/${name}`],
});

/** A change of a program of that age. */
export type SkewChange = Pick<
  Change,
  'id' | 'recordId' | 'kind' | 'group' | 'value' | 'parents' | 'schema'
> & { readonly age: Age };

/** How the programs of a run write; a test breaks it to see that the run would notice. */
export type Manners = {
  readonly valueToWrite: typeof withUnknownFields;
  readonly isLocked: typeof isNewer;
};

export const byTheRules: Manners = { valueToWrite: withUnknownFields, isLocked: isNewer };

export type SkewCounts = {
  readonly changes: number;
  /** Edits over versions that held a field their program does not know. */
  readonly carried: number;
  /** Edits that did not come to be because the group was for a newer program. */
  readonly locked: number;
  readonly settled: number;
  /** Fields that an edit dropped or altered without knowing them. */
  readonly dropped: number;
  /** Changes written over a version of a shape that their program does not know. */
  readonly overwritten: number;
  /** Changes whose number is not what their group asks for. */
  readonly misnumbered: number;
  /** Groups that a program could not write though nobody had given them a shape it does not know. */
  readonly needlessly: number;
};

const records = 40;

const known = (program: Program, change: Pick<SkewChange, 'kind' | 'group'>) =>
  program.groupOf(change.kind, change.group)?.fields ?? new Set<string>();

/**
 * Runs programs of the two ages, two desks of each, until `changes` changes have been written.
 *
 * @param seed every choice comes from it
 */
export const versionSkew = (
  seed: number,
  [one, other]: readonly [Age, Age],
  changes: number,
  manners: Manners = byTheRules,
): SkewCounts => {
  const roll = dice(seed);
  const desks = [one, one, other, other].map((age) => ({
    age,
    program: programOf(age),
    knows: new Map<Id, SkewChange>(),
  }));
  const all = new Map<Id, SkewChange>();
  const places = new Map<string, Map<Id, SkewChange>[]>();
  const counts = { carried: 0, locked: 0, settled: 0, needlessly: 0 };
  let made = 0;

  /** A desk's changes of one group; a map for each desk, so that nothing is searched. */
  const ofGroup = (desk: number, key: string): Map<Id, SkewChange> => {
    const maps = places.get(key) ?? desks.map(() => new Map<Id, SkewChange>());
    places.set(key, maps);
    return maps[desk] ?? new Map<Id, SkewChange>();
  };

  const take = (desk: number, change: SkewChange): void => {
    desks[desk]?.knows.set(change.id, change);
    ofGroup(desk, `${change.recordId}/${change.group}`).set(change.id, change);
  };

  const write = (at: number): void => {
    const desk = desks[at];
    if (!desk) return;
    // Also places that only a newer program has: an older one must find them locked, or not at all.
    const names = Object.keys(groups.newer);
    const [kind = '', name = ''] = (names[roll(names.length)] ?? '').split('/');
    const recordId = `${kind}-${roll(records)}`;
    const place = { kind, group: name };
    const held = ofGroup(at, `${recordId}/${name}`);
    const heads = headsOf(held.values());
    if (manners.isLocked(place, heads, desk.program)) {
      if (heads.length > 0) counts.locked += 1;
      const isKnown = desk.program.groupOf(kind, name) !== undefined;
      const differs = heads.length > 1;
      if (isKnown && !differs && heads.every(({ schema }) => schema <= desk.program.schema)) {
        counts.needlessly += 1;
      }
      return;
    }
    const fields = [...known(desk.program, place)];
    const said = Object.fromEntries(
      fields.filter(() => roll(4) > 0).map((field) => [field, `${field} ${roll(1_000)}`]),
    );
    const value = manners.valueToWrite(place, said, heads, desk.program);
    if (heads.length > 1) counts.settled += 1;
    if (heads.some((head) => Object.keys(head.value).some((field) => !fields.includes(field)))) {
      counts.carried += 1;
    }
    const change: SkewChange = {
      id: `change-${String((made += 1)).padStart(8, '0')}`,
      recordId,
      kind,
      group: name,
      value,
      parents: heads.map(({ id }) => id),
      schema: schemaToWrite(place, desk.program),
      age: desk.age,
    };
    all.set(change.id, change);
    take(at, change);
  };

  /** One desk hears all that another knows, in an order of its own. */
  const tell = (from: number, to: number): void => {
    const listener = desks[to];
    const fresh = [...(desks[from]?.knows.values() ?? [])].filter(
      (change) => listener?.knows.has(change.id) === false,
    );
    while (fresh.length > 0) {
      const [change] = fresh.splice(roll(fresh.length), 1);
      if (change) take(to, change);
    }
  };

  for (let step = 0; all.size < changes && step < changes * 20; step += 1) {
    if (roll(12) === 0) tell(roll(desks.length), roll(desks.length));
    else write(roll(desks.length));
  }
  return { changes: all.size, ...counts, ...judged(all, programOf) };
};

/** What the rules forbid, looked for in everything that was written. */
export const judged = (
  all: ReadonlyMap<Id, SkewChange>,
  programOfAge: (age: Age) => Program,
): Pick<SkewCounts, 'dropped' | 'overwritten' | 'misnumbered'> => {
  const counts = { dropped: 0, overwritten: 0, misnumbered: 0 };
  for (const change of all.values()) {
    const program = programOfAge(change.age);
    const fields = known(program, change);
    if (change.schema !== program.groupOf(change.kind, change.group)?.since) {
      counts.misnumbered += 1;
    }
    for (const parent of change.parents.flatMap((id) => all.get(id) ?? [])) {
      if (parent.schema > program.schema) counts.overwritten += 1;
      for (const [field, content] of Object.entries(parent.value)) {
        const kept = change.value[field];
        if (!fields.has(field) && (kept === undefined || !sameJson(kept, content))) {
          counts.dropped += 1;
        }
      }
    }
  }
  return counts;
};
