import type { Id } from '#shared/domain/ids.ts';
import type { SetAsideReport } from '#shared/protocol/pull.ts';
import type { Reader } from '../../db/pool.ts';

/**
 * Keeps a device's last word of what is set aside on it (SPEC N9).
 * @returns whether it is another than before
 */
export const noteSetAside = async (
  db: Reader,
  deviceId: Id,
  setAside: readonly SetAsideReport[],
): Promise<boolean> => {
  const noted = await db.query(
    `UPDATE device SET set_aside = $2::jsonb WHERE id = $1 AND set_aside <> $2::jsonb RETURNING id`,
    [deviceId, JSON.stringify(setAside)],
  );
  return noted.length > 0;
};
