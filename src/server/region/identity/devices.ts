import type { Id } from '#shared/domain/ids.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { Reader, Transaction } from '../../db/pool.ts';

export type DeviceIntroduction = {
  readonly id: Id;
  /** Raw Ed25519, base64url. */
  readonly publicKey: string;
  readonly name: string;
};

/**
 * Notes the device that a person signs in on. An id belongs to one person and one key for good:
 * with any other it is refused, as is a device that was revoked, and the program must introduce
 * itself under a new id.
 */
export const introduceDevice = async (
  tx: Transaction,
  personId: Id,
  device: DeviceIntroduction,
  now: Date,
): Promise<Result<true, 'device-revoked'>> => {
  const key = Buffer.from(device.publicKey, 'base64url');
  const [accepted] = await tx.query(
    `INSERT INTO device AS known (id, person_id, public_key, name, created_at, last_seen_at)
     VALUES ($1, $2, $3, $4, $5, $5)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, last_seen_at = excluded.last_seen_at
     WHERE known.person_id = $2 AND known.public_key = $3 AND known.revoked_at IS NULL
     RETURNING id`,
    [device.id, personId, key, device.name, now],
  );
  return accepted === undefined ? err('device-revoked') : ok(true);
};

/** The key by which a device's changes are signed: raw Ed25519, 32 bytes. */
export const findDeviceKey = async (db: Reader, deviceId: Id): Promise<Uint8Array | null> => {
  const [device] = await db.query<{ key: Buffer }>(
    'SELECT public_key AS key FROM device WHERE id = $1 AND revoked_at IS NULL',
    [deviceId],
  );
  return device?.key ?? null;
};
