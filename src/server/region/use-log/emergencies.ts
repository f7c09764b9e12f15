import type { Id } from '#shared/domain/ids.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { OnlineOutput } from '#shared/protocol/online/online-calls.ts';
import type { Reader, Transaction } from '../../db/pool.ts';
import { boundsOf, type DaySpan } from './read-log.ts';

const mostRows = 2_000;

type EmergencyRow = OnlineOutput<'log.emergencies'>['rows'][number];
type Row = Omit<EmergencyRow, 'fromMs' | 'untilMs' | 'endedMs' | 'reviewedMs'> & {
  readonly from: Date;
  readonly until: Date;
  readonly ended: Date | null;
  readonly reviewed: Date | null;
};

/** Openings of the span, the newest first, with the looks made while each was open. */
export const readEmergencies = async (
  db: Reader,
  span: DaySpan,
  onlyOpen: boolean,
): Promise<EmergencyRow[]> => {
  const rows = await db.query<Row>(
    `SELECT opening.id AS "openingId", kind, opening.person_id AS "personId",
       opening.case_id AS "caseId",
       coalesce(standing.family_name || ' ' || standing.given_names, '') AS "clientName",
       opening.ground, reason, from_at AS from, until_at AS until, ended_at AS ended,
       opening.offline, reviewed_by AS "reviewedBy", reviewed_at AS reviewed,
       coalesce(review_note, '') AS "reviewNote",
       (SELECT count(*)::int FROM use_entry AS entry
        WHERE entry.case_id = opening.case_id AND entry.person_id = opening.person_id
          AND entry.at >= from_at
          AND entry.at <= least(until_at, coalesce(ended_at, until_at))
          AND entry.action IN ('view', 'search-hit', 'reveal', 'print', 'export', 'history')) AS looks
     FROM opening LEFT JOIN client_standing AS standing ON standing.case_id = opening.case_id
     WHERE from_at >= $1 AND from_at < $2 AND (NOT $3 OR reviewed_at IS NULL)
     ORDER BY from_at DESC, opening.id LIMIT ${mostRows}`,
    [...boundsOf(span), onlyOpen],
  );
  return rows.map(({ from, until, ended, reviewed, ...row }) => ({
    ...row,
    fromMs: from.getTime(),
    untilMs: until.getTime(),
    endedMs: ended?.getTime() ?? null,
    reviewedMs: reviewed?.getTime() ?? null,
  }));
};

/** Marks an opening as looked into. A review is never replaced, and nobody reviews their own opening. */
export const reviewEmergency = async (
  tx: Transaction,
  openingId: Id,
  reviewer: Id,
  note: string,
  now: Date,
): Promise<Result<{ readonly caseId: Id }, 'already-reviewed' | 'own-opening' | 'no-access'>> => {
  const [opening] = await tx.query<{ personId: Id; caseId: Id; reviewed: boolean }>(
    `SELECT person_id AS "personId", case_id AS "caseId", reviewed_at IS NOT NULL AS reviewed
     FROM opening WHERE id = $1 FOR UPDATE`,
    [openingId],
  );
  if (!opening) return err('no-access');
  if (opening.personId === reviewer) return err('own-opening');
  if (opening.reviewed) return err('already-reviewed');
  await tx.query(
    'UPDATE opening SET reviewed_by = $2, reviewed_at = $3, review_note = $4 WHERE id = $1',
    [openingId, reviewer, now, note],
  );
  return ok({ caseId: opening.caseId });
};
