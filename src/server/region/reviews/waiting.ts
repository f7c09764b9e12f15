import { changeSchema, type Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Reader, Transaction } from '../../db/pool.ts';
import { withAliases } from '../rights/aliases.ts';

/** Work that waits for a reviewer, or that one has decided on. */
export type Waiting = {
  readonly change: Change;
  readonly deviceId: Id;
  readonly counter: number;
  readonly signature: Buffer;
  readonly receivedAt: Date;
  readonly decidedAt: Date | null;
};

type Row = {
  readonly content: unknown;
  readonly deviceId: Id;
  readonly counter: number;
  readonly signature: Buffer;
  readonly receivedAt: Date;
  readonly decidedAt: Date | null;
};

const columns = `review.content, review.device_id AS "deviceId", review.counter, review.signature,
  review.received_at AS "receivedAt", review.decided_at AS "decidedAt"`;

const read = ({ content, ...row }: Row): Waiting => ({
  ...row,
  change: changeSchema.parse(content),
});

/** One piece of work, locked until the transaction ends: of two reviewers at once the second one waits. */
export const lockWaiting = async (tx: Transaction, changeId: Id): Promise<Waiting | null> => {
  const [row] = await tx.query<Row>(
    `SELECT ${columns} FROM review WHERE change_id = $1 FOR UPDATE`,
    [changeId],
  );
  return row ? read(row) : null;
};

/** Where a list goes on: after the last row of the part before. */
export type After = Pick<Waiting, 'receivedAt'> & { readonly changeId: Id };

export const batchSize = 500;

/**
 * A part of the undecided work that may concern the person, the oldest first: that of clients in whose team
 * they are or for whose team they stand in, and all of it for those whose duty may reach further. Whether
 * they review it is decided afterwards.
 */
export const waitingFor = async (
  db: Reader,
  personId: Id,
  today: string,
  byDuty: boolean,
  after: After | null,
): Promise<readonly Waiting[]> => {
  const rows = await db.query<Row>(
    `WITH RECURSIVE standing_in AS (
       SELECT $1::uuid AS person_id
       UNION SELECT person_id FROM absence
       WHERE deputy_id = $1 AND valid_from <= $2 AND valid_to >= $2),
     ${withAliases(
       'mine',
       `SELECT case_id FROM membership_current JOIN standing_in USING (person_id)
        WHERE role IN ('custodian', 'responsible')
          AND valid_from <= $2 AND (valid_to IS NULL OR valid_to >= $2)`,
     )}
     SELECT ${columns} FROM review
     WHERE review.decided_at IS NULL AND review.author_id <> $1
       AND ($3 OR review.case_id IN (SELECT case_id FROM mine))
       AND ($4::timestamptz IS NULL OR (review.received_at, review.change_id) > ($4, $5::uuid))
     ORDER BY review.received_at, review.change_id LIMIT $6`,
    [personId, today, byDuty, after?.receivedAt ?? null, after?.changeId ?? null, batchSize],
  );
  return rows.map(read);
};
