import { err, ok, type Result } from '#shared/lib/result.ts';
import type { OnlineInput, OnlineOutput } from '#shared/protocol/online/online-calls.ts';
import { withTransaction } from '../../db/pool.ts';
import { revokeDevice } from '../identity/devices.ts';
import type { Asker, OnlineRefusal } from '../online/online-handlers.ts';
import { likePattern, logAdministration, notAcceptable } from './answers.ts';

type Row = OnlineOutput<'devices.list'>['rows'][number];

/** The devices of the region, the one seen last first; found by their name or their person's. */
export const listDevices = async (
  { db, now }: Asker,
  input: OnlineInput<'devices.list'>,
): Promise<Result<OnlineOutput<'devices.list'>, OnlineRefusal>> => {
  const rows = await db.query<Row & { readonly total: number }>(
    `SELECT device.id, device.name, device.person_id AS "personId",
       (extract(epoch FROM device.created_at) * 1000)::float8 AS "createdMs",
       (extract(epoch FROM device.last_seen_at) * 1000)::float8 AS "lastSeenMs",
       EXISTS (SELECT FROM session WHERE session.device_id = device.id
         AND session.ended_at IS NULL AND session.expires_at > $5) AS "signedIn",
       (extract(epoch FROM device.revoked_at) * 1000)::float8 AS "revokedMs",
       jsonb_array_length(device.set_aside) AS "setAside",
       (extract(epoch FROM device.replaced_at) * 1000)::float8 AS "replacedMs",
       count(*) OVER () AS total
     FROM device JOIN person ON person.id = device.person_id
     WHERE ($1::uuid IS NULL OR device.person_id = $1)
       AND (device.name || ' ' || person.given_name || ' ' || person.family_name || ' ' ||
         person.given_name) ILIKE $2
     ORDER BY device.last_seen_at DESC, device.id LIMIT $3 OFFSET $4`,
    [input.personId, likePattern(input.search), input.limit, input.offset, now()],
  );
  return ok({ total: rows[0]?.total ?? 0, rows: rows.map(({ total: _total, ...row }) => row) });
};

/** Bars a lost or retired device for good; what it has not sent stays on it. */
export const revoke = (
  asker: Asker,
  { id, reason }: OnlineInput<'devices.revoke'>,
): Promise<Result<Record<string, never>, OnlineRefusal>> =>
  withTransaction(asker.db, async (tx) => {
    const personId = await revokeDevice(tx, id, asker.now());
    if (personId === null) return err(notAcceptable('id', 'already-ended'));
    await logAdministration(tx, asker, 'devices', id, { reason });
    return ok({});
  });
