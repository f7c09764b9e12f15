import type { Change } from '#shared/domain/change.ts';
import { isPermissionKind } from '#shared/domain/records/permission.ts';
import type { Scope } from '#shared/protocol/pull.ts';
import type { Transaction } from '../../db/pool.ts';

/** Groups of the client's own record on which rights depend: whose round, the restraint, whose own record it is. */
const groupsOfClient: ReadonlySet<string> = new Set(['care', 'protection', 'identity']);

/** Whether a change may alter anybody's rights to its client. */
export const mayAlterRights = (change: Pick<Change, 'kind' | 'group'>): boolean =>
  change.kind === 'membership' ||
  isPermissionKind(change.kind) ||
  (change.kind === 'client' && groupsOfClient.has(change.group));

/**
 * Notes, for each client, the highest number of a change that may alter rights to it: one of those above,
 * or the first one of a compartment that the client had nothing in. Devices compare by it.
 * @param before the number given before the first of the changes
 */
export const noteCaseRights = async (
  tx: Transaction,
  changes: readonly Change[],
  before: number,
  opened: readonly Scope[],
): Promise<void> => {
  const key = (scope: Scope): string => `${scope.caseId} ${scope.compartment}`;
  const isNew = new Set(opened.map(key));
  const altering = changes.flatMap((change, index) =>
    mayAlterRights(change) || isNew.has(key(change))
      ? [{ caseId: change.caseId, seq: before + index + 1 }]
      : [],
  );
  if (altering.length === 0) return;
  await tx.query(
    `INSERT INTO case_rights AS known (case_id, seq)
     SELECT case_id, max(seq) FROM unnest($1::uuid[], $2::bigint[]) AS row (case_id, seq)
     GROUP BY case_id
     ON CONFLICT (case_id) DO UPDATE SET seq = greatest(known.seq, excluded.seq)`,
    [altering.map(({ caseId }) => caseId), altering.map(({ seq }) => seq)],
  );
};
