import { newId, type Id, type RandomBytes } from '#shared/domain/ids.ts';
import { ensureRegionKey } from './region-key.ts';
import type { Reader, Transaction } from '../db/pool.ts';

export type RegionState = {
  readonly regionId: Id;
  readonly name: string;
  /** Changes after a restore (SPEC L5). */
  readonly epoch: Id;
  /** The highest sequence number whose changes are visible to this reader. */
  readonly highWater: number;
  /** The region's public key, raw Ed25519, base64url. */
  readonly key: string;
};

/** Gives a new database its region; an existing one keeps its identity and name. */
export const ensureRegion = async (
  tx: Transaction,
  name: string,
  nowMs: number,
  random: RandomBytes,
): Promise<void> => {
  await tx.query(
    `INSERT INTO region_state (region_id, name, epoch) VALUES ($1, $2, $3)
     ON CONFLICT (only_row) DO NOTHING`,
    [newId(nowMs, random), name, newId(nowMs, random)],
  );
  await ensureRegionKey(tx);
};

export const readRegionState = async (db: Reader): Promise<RegionState> => {
  const [state] = await db.query<Omit<RegionState, 'key'> & { readonly publicKey: Buffer }>(
    `SELECT region_id AS "regionId", name, epoch, last_seq AS "highWater",
       public_key AS "publicKey"
     FROM region_state`,
  );
  if (state === undefined) throw new Error('The database holds no region.');
  const { publicKey, ...rest } = state;
  return { ...rest, key: publicKey.toString('base64url') };
};
