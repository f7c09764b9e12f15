import type { Id } from '#shared/domain/ids.ts';
import { rekeyText, type DeviceIntroduction } from '#shared/protocol/session.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { Reader, Transaction } from '../../db/pool.ts';
import { deviceSignatureCheck } from './device-signature.ts';

export type DeviceRefusal = 'device-revoked' | 'device-copied';

/**
 * Notes the device that a person signs in on. An id belongs to one person and one key for good: with any
 * other it is refused, as is a device that was revoked. One of which there are two copies is told so, and
 * introduces itself under a new id (SPEC I4).
 */
export const introduceDevice = async (
  tx: Transaction,
  personId: Id,
  device: DeviceIntroduction,
  now: Date,
): Promise<Result<true, DeviceRefusal>> => {
  if (device.replaces && !(await replaceDevice(tx, personId, device, device.replaces, now))) {
    return err('device-revoked');
  }
  const key = Buffer.from(device.publicKey, 'base64url');
  const [accepted] = await tx.query(
    `INSERT INTO device AS known (id, person_id, public_key, name, created_at, last_seen_at, replaces)
     VALUES ($1, $2, $3, $4, $5, $5, $6)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, last_seen_at = excluded.last_seen_at
     WHERE known.person_id = $2 AND known.public_key = $3 AND known.revoked_at IS NULL
       AND known.replaced_at IS NULL
     RETURNING id`,
    [device.id, personId, key, device.name, now, device.replaces?.id ?? null],
  );
  if (accepted !== undefined) return ok(true);
  const [copied] = await tx.query(
    `SELECT id FROM device WHERE id = $1 AND person_id = $2 AND public_key = $3
       AND revoked_at IS NULL AND replaced_at IS NOT NULL`,
    [device.id, personId, key],
  );
  return err(copied === undefined ? 'device-revoked' : 'device-copied');
};

/**
 * Retires a device of which there are two copies, because one of them goes on under a new id: its sessions
 * end, so that the other one hears of it when it signs in. The old key must have signed the new one; a
 * barred device is replaced by nobody. One that a restored region does not know needs no retiring.
 * @returns whether the new device may be introduced
 */
const replaceDevice = async (
  tx: Transaction,
  personId: Id,
  device: DeviceIntroduction,
  { id, signature }: NonNullable<DeviceIntroduction['replaces']>,
  now: Date,
): Promise<boolean> => {
  const [old] = await tx.query<{ personId: Id; key: Buffer; revokedAt: Date | null }>(
    `SELECT person_id AS "personId", public_key AS key, revoked_at AS "revokedAt"
     FROM device WHERE id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  if (old === undefined) return true;
  if (id === device.id || old.personId !== personId || old.revokedAt !== null) return false;
  if (!deviceSignatureCheck(old.key)(rekeyText(device), signature)) return false;
  await tx.query('UPDATE device SET replaced_at = coalesce(replaced_at, $2) WHERE id = $1', [
    id,
    now,
  ]);
  await tx.query('UPDATE session SET ended_at = $2 WHERE device_id = $1 AND ended_at IS NULL', [
    id,
    now,
  ]);
  // Nothing is brought there any more, and nobody is to be told of it.
  await tx.query('DELETE FROM device_scope WHERE device_id = $1', [id]);
  return true;
};

/** The key by which a device's changes are signed: raw Ed25519, 32 bytes. */
export const findDeviceKey = async (db: Reader, deviceId: Id): Promise<Uint8Array | null> => {
  const [device] = await db.query<{ key: Buffer }>(
    'SELECT public_key AS key FROM device WHERE id = $1 AND revoked_at IS NULL',
    [deviceId],
  );
  return device?.key ?? null;
};

export type DeviceFilter = {
  /** Null: everybody's. */
  readonly personId: Id | null;
  /** Also those that were barred, and those that go on under another id. */
  readonly withRevoked: boolean;
  /** Most rows of one answer. */
  readonly limit: number;
  readonly offset: number;
};

export type ListedDevice = {
  readonly id: Id;
  readonly personId: Id;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly revokedAt: Date | null;
  /** Whether a session of it has not ended. */
  readonly signedIn: boolean;
};

/** The devices that people have signed in on, the one seen last first. */
export const listDevices = (
  db: Reader,
  { personId, withRevoked, limit, offset }: DeviceFilter,
  now: Date,
): Promise<readonly ListedDevice[]> =>
  db.query<ListedDevice>(
    `SELECT device.id, device.person_id AS "personId", device.name,
            device.created_at AS "createdAt", device.last_seen_at AS "lastSeenAt",
            device.revoked_at AS "revokedAt",
            EXISTS (SELECT FROM session WHERE session.device_id = device.id
                      AND session.ended_at IS NULL AND session.expires_at > $5) AS "signedIn"
     FROM device
     WHERE ($1::uuid IS NULL OR device.person_id = $1) AND ($2 OR (device.revoked_at IS NULL AND device.replaced_at IS NULL))
     ORDER BY device.last_seen_at DESC, device.id
     LIMIT $3 OFFSET $4`,
    [personId, withRevoked, limit, offset, now],
  );

/**
 * Bars a device for good and ends its sessions: its next request is refused, and what it has not sent
 * yet stays on it. @returns the device's person, or null when there is no such device or it was barred
 */
export const revokeDevice = async (
  tx: Transaction,
  deviceId: Id,
  now: Date,
): Promise<Id | null> => {
  const [revoked] = await tx.query<{ personId: Id }>(
    `UPDATE device SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL
     RETURNING person_id AS "personId"`,
    [deviceId, now],
  );
  await tx.query(`UPDATE session SET ended_at = $2 WHERE device_id = $1 AND ended_at IS NULL`, [
    deviceId,
    now,
  ]);
  return revoked?.personId ?? null;
};
