import type { CallOutput } from '#shared/contract/calls.ts';
import { contactDetails } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { stoodAt } from '#shared/sync/stood-at.ts';
import type { KnownChange } from '#main/db/queries/changes.ts';
import { allVersions, type KnownVersion } from '#main/db/queries/history.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import { isRestrained, recordView, withheld } from '../records/case-view.ts';
import { unreadOf } from '../records/unread.ts';
import { byRecord } from '../records/group-state.ts';
import type { KnownHistory } from './known-history.ts';

type AsOf = Pick<CallOutput<'history.asOf'>, 'view' | 'knownUntilMs' | 'contactCovered'>;

/** Rounds come every half a minute: what is known to within this is known to the moment. */
const closeEnoughMs = 10 * 60_000;

type Moment = {
  /** When the day asked for ends; what is received at this moment is not in it. */
  readonly endMs: number;
  readonly nowMs: number;
  readonly lastCompletePull: number | null;
};

/**
 * The client as the region knew it at the end of a day, of the parts that are open now (SPEC Y6, Y7). On a
 * day that has not ended, that is what it knows now.
 */
export const viewAsOf = (db: ReadableDb, history: KnownHistory, moment: Moment): AsOf => {
  const { caseId, parts } = history;
  const records = byRecord(knownThen(db, history, moment));
  const contactCovered =
    history.contactCovered ||
    (!history.contactRevealed &&
      parts.some(({ compartment }) => compartment === contactDetails) &&
      isRestrained(records.get(caseId) ?? []));
  const none = new Set<Id>();
  const views = [...records].map(([id, changes]) => recordView(id, changes, none, [], none));
  return {
    view: {
      caseId,
      records: views.map((view) =>
        contactCovered && view.kind === 'contact' ? withheld(view) : view,
      ),
      waiting: 0,
      refused: [],
      access: { parts: [...parts] },
      contactCovered,
      unread: unreadOf(db, caseId, (compartment) =>
        parts.some((part) => part.compartment === compartment),
      ),
      unseenThrough: 0,
    },
    knownUntilMs: knownUntil(history, moment),
    contactCovered,
  };
};

const isPlaced = (version: KnownVersion): version is KnownVersion & { receivedMs: number } =>
  version.receivedMs !== null;

const knownThen = (
  db: ReadableDb,
  { caseNo, here, fetched, beyond }: KnownHistory,
  { endMs, nowMs }: Moment,
): readonly KnownChange[] => {
  const kept = allVersions(db, caseNo).filter(({ shape }) => here.has(shape.compartment));
  const placed = [...kept, ...(fetched?.versions ?? [])].filter(isPlaced);
  // What a pull has just brought was received after all that history tells: on a day that goes on.
  const justCome = endMs > nowMs ? beyond.filter(({ seq }) => seq !== null) : [];
  return [...stoodAt(placed, endMs), ...justCome];
};

const knownUntil = (
  { hereUntilMs, fetched, beyond }: KnownHistory,
  { endMs, nowMs, lastCompletePull }: Moment,
): number | null => {
  const isBehind = endMs <= nowMs && beyond.some(({ seq }) => seq !== null);
  const here = isBehind ? hereUntilMs : Math.max(hereUntilMs, lastCompletePull ?? 0);
  const known = Math.min(here, fetched?.atMs ?? Infinity);
  return known < Math.min(endMs, nowMs) - closeEnoughMs ? known : null;
};
