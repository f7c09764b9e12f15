import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { decidesBetween, settlersOf } from '#shared/domain/records/settling.ts';
import type { Transaction } from '../../db/pool.ts';

/**
 * The changes of a batch that decide between differing versions of a group that only some task classes settle
 * (SPEC S4). Versions of the same batch count as well as stored ones.
 */
export const readSettlings = async (
  tx: Transaction,
  changes: readonly Change[],
): Promise<ReadonlySet<Change>> => {
  const candidates = changes.filter(
    ({ kind, group, parents }) => parents.length > 1 && settlersOf(kind, group) !== null,
  );
  if (candidates.length === 0) return new Set();
  const rows = await tx.query<{ id: Id; value: Change['value'] }>(
    `SELECT change_id AS id, value FROM change_log
     WHERE case_id = ANY($1::uuid[]) AND change_id = ANY($2::uuid[])`,
    [
      [...new Set(candidates.map(({ caseId }) => caseId))],
      [...new Set(candidates.flatMap(({ parents }) => parents))],
    ],
  );
  const values = new Map([...rows, ...changes].map(({ id, value }) => [id, value]));
  return new Set(
    candidates.filter(({ parents }) =>
      decidesBetween(
        parents.flatMap((parent) => {
          const value = values.get(parent);
          return value === undefined ? [] : [value];
        }),
      ),
    ),
  );
};
