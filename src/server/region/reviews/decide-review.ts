import { registerOf } from '#shared/domain/codes.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { OnlineInput, OnlineOutput } from '#shared/protocol/online/online-calls.ts';
import type { RefusalCode } from '#shared/protocol/push.ts';
import { withTransaction, type Transaction } from '../../db/pool.ts';
import { entryOf } from '../online/asker-entry.ts';
import type { Asker, OnlineRefusal } from '../online/online-handlers.ts';
import { noAccess } from '../openings/case-standing.ts';
import { storeReviewed } from '../syncing/accept-reviewed.ts';
import { lockCases } from '../syncing/append.ts';
import { valueProblem } from '../syncing/check-change.ts';
import type { LogEntry } from '../syncing/log-entry.ts';
import { readPlaces } from '../syncing/place-problems.ts';
import { writeUse } from '../use-log/write-use.ts';
import { reviewers } from './reviewers.ts';
import { lockWaiting, type Waiting } from './waiting.ts';

const notAcceptable = (path: string, problem: string): OnlineRefusal => ({
  code: 'not-acceptable',
  path,
  problem,
});

/**
 * Takes somebody's work in as it was written and signed, or returns it with a reason. Decided once: of two
 * reviewers at the same time the second is told that it has been decided. The author's receipt follows.
 */
export const decideReview = async (
  asker: Asker,
  { changeId, decision, reason: given }: OnlineInput<'reviews.decide'>,
): Promise<Result<OnlineOutput<'reviews.decide'>, OnlineRefusal>> => {
  const reason = given.trim();
  if (decision === 'returned' && reason === '') return err(notAcceptable('reason', 'required'));
  const now = asker.now();
  const { person } = asker;
  return withTransaction(asker.db, async (tx) => {
    const waiting = await lockWaiting(tx, changeId);
    if (!waiting) return err(noAccess);
    const { change } = waiting;
    const right = (await reviewers(tx, change, now.getTime())).get(person.id);
    if (!right) return err(noAccess);
    if (waiting.decidedAt) return err(notAcceptable('changeId', 'already-decided'));
    if (decision === 'accepted') {
      const problem = await problemNow(tx, waiting);
      if (problem) return err(notAcceptable('changeId', problem));
    }
    await tx.query(
      `UPDATE review SET decided_at = $2, decided_by = $3, decision = $4, reason = $5
       WHERE change_id = $1`,
      [changeId, now, person.id, decision, reason],
    );
    await writeUse(tx, [
      entryOf(asker, {
        action: 'review',
        caseId: change.caseId,
        register: registerOf(change.compartment),
        compartments: [change.compartment],
        what: {
          screen: `review-${decision}`,
          subjectId: change.id,
          records: [{ id: change.recordId, kind: change.kind, group: change.group }],
          ...(reason === '' ? {} : { reason }),
        },
        ...right,
      }),
    ]);
    // Last: the region's sequence is held from here to the commit.
    if (decision === 'accepted') await storeReviewed(tx, entryOfLog(waiting), now);
    return ok({});
  });
};

/** What keeps the work from standing in the plan as it has become, with the client locked from here on. */
const problemNow = async (tx: Transaction, { change }: Waiting): Promise<RefusalCode | null> => {
  await lockCases(tx, [change.caseId]);
  return valueProblem(change) ?? (await readPlaces(tx, [change])).problemOf(change);
};

const entryOfLog = ({ change, deviceId, counter, signature }: Waiting): LogEntry => ({
  change,
  device: { id: deviceId, counter, signature },
});
