import type { CallArguments, CallOutput, Problem } from '#shared/contract/calls.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { findHeldCase } from '#main/db/queries/changes.ts';
import { clientRowsOf } from '#main/db/queries/client-search.ts';
import {
  lastOpenedClients,
  pinClient,
  pinnedClients,
  unpinClient,
} from '#main/db/queries/clients-at-hand.ts';
import { withReading, withTransaction } from '#main/db/handles.ts';
import type { Desk } from '../desk.ts';
import { storageProblem } from '../problems.ts';

/** As many as fit beside the field in which one begins to type. */
const mostLastOpened = 8;

export const clientsAtHand = ({
  db,
}: Pick<Desk, 'db'>): Result<CallOutput<'clients.atHand'>, Problem> => {
  const read = withReading(db, () => {
    const pinned = pinnedClients(db);
    const isPinned = new Set(pinned);
    const opened = lastOpenedClients(db, mostLastOpened + pinned.length);
    return {
      pinned: [...clientRowsOf(db, pinned)],
      lastOpened: [
        ...clientRowsOf(
          db,
          opened.filter((caseNo) => !isPinned.has(caseNo)).slice(0, mostLastOpened),
        ),
      ],
    };
  });
  return read.ok ? ok(read.value) : err(storageProblem(read.error));
};

export const pin = (
  { db, now }: Pick<Desk, 'db' | 'now'>,
  { caseId, isPinned }: CallArguments<'clients.pin'>,
): Result<Record<string, never>, Problem> => {
  const caseNo = findHeldCase(db, caseId);
  if (caseNo === undefined) return err({ code: 'not-on-this-device' });
  const done = withTransaction(db, () => {
    if (isPinned) pinClient(db, caseNo, now());
    else unpinClient(db, caseNo);
  });
  return done.ok ? ok({}) : err(storageProblem(done.error));
};
