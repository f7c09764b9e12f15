import { registerOf } from '#shared/domain/codes.ts';
import type { Granted } from '#shared/domain/access/decide.ts';
import type { Change } from '#shared/domain/change.ts';
import type { Person } from '#shared/domain/directory.ts';
import { newId, type Id, type RandomBytes } from '#shared/domain/ids.ts';
import { isPermissionKind } from '#shared/domain/records/permission.ts';
import type { UseAction, UseEntry } from '#shared/domain/use-log/entry.ts';
import type { Transaction } from '../../db/pool.ts';
import { findPerson } from '../directory.ts';
import { writeUse } from '../use-log/write-use.ts';
import type { EnteringScope, PageProgress } from './device-scope.ts';

/** Of whom, when, and from where an entry tells. */
type Occasion = {
  readonly person: Pick<Person, 'id' | 'profession' | 'taskClass' | 'unitId'>;
  readonly deviceId: Id;
  readonly nowMs: number;
  readonly random: RandomBytes;
};

/** What the use rested on. */
type Ground = Pick<Granted, 'basis' | 'role' | 'basisId'>;

const mostRecords = 500;

type Use = {
  readonly action: UseAction;
  readonly caseId: Id;
  readonly compartments: readonly string[];
  readonly ground: Ground | null;
  readonly what: UseEntry['what'];
};

const entryOf = ({ person, deviceId, nowMs, random }: Occasion, use: Use): UseEntry => ({
  id: newId(nowMs, random),
  atMs: nowMs,
  action: use.action,
  personId: person.id,
  profession: person.profession,
  taskClass: person.taskClass,
  unitId: person.unitId,
  role: use.ground?.role ?? '',
  caseId: use.caseId,
  register: registerOf(use.compartments[0] ?? ''),
  compartments: [...use.compartments],
  what: use.what,
  ground: use.ground?.basis ?? '',
  basisId: use.ground?.basisId ?? null,
  deviceId,
  offline: false,
});

const actionOf = ({ kind }: Change, forReview: boolean): UseAction => {
  if (forReview) return 'review';
  return kind === 'membership' || isPermissionKind(kind) ? 'permission' : 'write';
};

/** A change taken in, and by what right; null for one that is for review. */
export type TakenIn = { readonly change: Change; readonly ground: Ground | null };

const occasionOf = async (
  tx: Transaction,
  who: { readonly personId: Id; readonly deviceId: Id },
  made: { readonly nowMs: number; readonly random: RandomBytes },
): Promise<Occasion | null> => {
  const person = await findPerson(tx, who.personId);
  return person && { person, deviceId: who.deviceId, nowMs: made.nowMs, random: made.random };
};

/**
 * Logs what a push wrote: one entry for each client, register and manner of writing, with the records
 * (703/2023 10 §). Written before the log of changes, whose lock is taken last.
 */
export const logWrites = async (
  tx: Transaction,
  who: { readonly personId: Id; readonly deviceId: Id },
  taken: readonly TakenIn[],
  made: { readonly nowMs: number; readonly random: RandomBytes },
): Promise<void> => {
  if (taken.length === 0) return;
  const occasion = await occasionOf(tx, who, made);
  if (!occasion) return;
  const together = Map.groupBy(taken, ({ change, ground }) =>
    [change.caseId, registerOf(change.compartment), actionOf(change, ground === null)].join(' '),
  );
  const entries = [...together.values()].flatMap((same): readonly UseEntry[] => {
    const [first] = same;
    if (!first) return [];
    const changes = same.map(({ change }) => change);
    const records = new Map(
      changes.map((change) => [
        `${change.recordId} ${change.group}`,
        { id: change.recordId, kind: change.kind, group: change.group },
      ]),
    );
    return [
      entryOf(occasion, {
        action: actionOf(first.change, first.ground === null),
        caseId: first.change.caseId,
        compartments: [...new Set(changes.map((change) => change.compartment))],
        ground: first.ground,
        what: { records: [...records.values()].slice(0, mostRecords), count: changes.length },
      }),
    ];
  });
  await writeUse(tx, entries);
};

/**
 * Logs that a client's data has been brought to a device: one entry for each client and register of what
 * this page begins to carry. A page offered again after a lost reply is not logged again.
 */
export const logPrefetch = async (
  tx: Transaction,
  who: { readonly personId: Id; readonly deviceId: Id },
  entering: readonly EnteringScope[],
  carried: readonly PageProgress[],
  made: { readonly nowMs: number; readonly random: RandomBytes },
): Promise<void> => {
  const keyOf = (scope: Pick<EnteringScope, 'caseId' | 'compartment'>): string =>
    `${scope.caseId} ${scope.compartment}`;
  const begun = new Set(carried.map(keyOf));
  const first = entering.filter((scope) => !scope.offered && begun.has(keyOf(scope)));
  if (first.length === 0) return;
  const occasion = await occasionOf(tx, who, made);
  if (!occasion) return;
  const together = Map.groupBy(
    first,
    ({ caseId, compartment }) => `${caseId} ${registerOf(compartment)}`,
  );
  const entries = [...together.values()].flatMap((scopes): readonly UseEntry[] => {
    const [one] = scopes;
    if (!one) return [];
    return [
      entryOf(occasion, {
        action: 'prefetch',
        caseId: one.caseId,
        compartments: scopes.map(({ compartment }) => compartment),
        ground: one.grant,
        what: {},
      }),
    ];
  });
  await writeUse(tx, entries);
};
