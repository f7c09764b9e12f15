import type { Problem } from '#shared/contract/call.ts';
import { newId } from '#shared/domain/ids.ts';
import { useEntrySchema, type UseEntry } from '#shared/domain/use-log/entry.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { withTransaction } from '#main/db/handles.ts';
import { readDeviceId } from '#main/db/queries/file-identity.ts';
import { readState } from '#main/db/queries/sync-state.ts';
import { appendUses } from '#main/db/queries/use-log.ts';
import type { Desk } from '../desk.ts';
import { storageProblem } from '../problems.ts';
import { createLooks, type Looks } from './looks.ts';
import type { NewUse } from './new-use.ts';
import { giveUpReserve, keepReserve } from './reserve.ts';

export type { NewUse };

/** Rounds come every half a minute: without a complete one for so long, the region is out of reach. */
const offlineAfterMs = 120_000;

const isOffline = (desk: Desk): boolean => {
  const last = readState(desk.db, 'lastCompletePull');
  return last === null || desk.now() - last > offlineAfterMs;
};

/** NUL and lone surrogates, which the region could not store, must not keep the log from being sent. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\uFFFD');

const entryOf = (desk: Desk, use: NewUse, offline: boolean): UseEntry => {
  const atMs = desk.now();
  const { reason } = use.what;
  return useEntrySchema.parse({
    ...use,
    what: reason === undefined ? use.what : { ...use.what, reason: storable(reason) },
    id: newId(atMs, desk.randomBytes),
    atMs,
    personId: desk.person.id,
    profession: desk.person.profession,
    taskClass: desk.person.taskClass,
    unitId: desk.person.unitId,
    // By the file: a desk that somebody still holds may be the one before a new id was taken.
    deviceId: readDeviceId(desk.db),
    offline,
  });
};

/** What each open desk's log tells of already; a desk that is locked begins anew. */
const looksOf = new WeakMap<Desk, Looks>();

const looksAt = (desk: Desk): Looks => {
  const known = looksOf.get(desk) ?? createLooks(desk.now);
  looksOf.set(desk, known);
  return known;
};

/**
 * Writes entries into this device's chain, durably, before what they tell of is shown. A problem means
 * that nothing may be shown. A look that goes on is one entry (`createLooks`). A transaction of its own:
 * never called inside another one.
 *
 * On a full disk the reserved room is given up and the entry tried once more; if there is no room even
 * then, the answer is `use-log-full`.
 */
export const noteUse = (desk: Desk, uses: readonly NewUse[]): Result<void, Problem> => {
  const looks = looksAt(desk);
  const due = looks.due(uses);
  if (due.length === 0) return ok(undefined);
  const noted = append(desk, due);
  if (noted.ok) looks.noted(due);
  return noted;
};

const append = (desk: Desk, uses: readonly NewUse[]): Result<void, Problem> => {
  const { db } = desk;
  keepReserve(db, desk.now());
  const offline = isOffline(desk);
  const entries = uses.map((use) => entryOf(desk, use, offline));
  const write = () => withTransaction(db, () => appendUses(db, entries));
  const first = write();
  if (first.ok) return first;
  if (first.error.kind !== 'no-space') return err(storageProblem(first.error));
  const second = giveUpReserve(db, desk.now()) ? write() : first;
  if (second.ok) return second;
  return err(
    second.error.kind === 'no-space' ? { code: 'use-log-full' } : storageProblem(second.error),
  );
};
