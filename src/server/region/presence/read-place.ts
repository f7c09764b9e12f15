import type { Id } from '#shared/domain/ids.ts';
import type { WrittenPart } from '#shared/protocol/live.ts';
import type { Reader } from '../../db/pool.ts';
import type { PlacedPart } from './marks.ts';

/**
 * The part with the compartment that the region knows of its record; null when it has no such record of that
 * client. A device's own word for it is not taken.
 */
export const readPlace = async (
  db: Reader,
  caseId: Id,
  { recordId, group }: WrittenPart,
): Promise<PlacedPart | null> => {
  const [row] = await db.query<{ compartment: string }>(
    'SELECT compartment FROM record_identity WHERE record_id = $2 AND case_id = $1',
    [caseId, recordId],
  );
  return row ? { recordId, group, compartment: row.compartment } : null;
};
