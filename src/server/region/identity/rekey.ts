import type { RekeyRequest, SignInResponse } from '#shared/protocol/session.ts';
import { err, type Result } from '#shared/lib/result.ts';
import { withTransaction, type Transaction } from '../../db/pool.ts';
import type { RegionContext } from '../context.ts';
import type { DeviceRefusal } from './devices.ts';
import { openOnDevice } from './open-on-device.ts';
import { sessionLimits, type Session, type SessionLimits, type SessionWay } from './sessions.ts';
import { hashOf, tokenForm } from './tokens.ts';

/**
 * A device that turned out to be one of two copies goes on under a new id and key (SPEC I4, I5). Its session
 * ends, and one for the new device begins that is as good for as long: nobody proves anew who they are.
 * Asked once more, because the answer was lost, it answers once more while nobody has used what it gave.
 * `signed-out`: the session has ended, and signing in introduces the new device instead.
 * @param token the old device's access token, which may have run out
 */
export const rekeyDevice = (
  context: RegionContext,
  token: string,
  { device }: RekeyRequest,
  limits: SessionLimits = sessionLimits,
): Promise<Result<SignInResponse, DeviceRefusal | 'no-access' | 'signed-out'>> =>
  withTransaction(context.db, async (tx) => {
    const now = context.now();
    const old = tokenForm.test(token) ? await findToRekey(tx, token, device.id, now, limits) : null;
    if (old === null || old.deviceId !== device.replaces.id) return err('signed-out' as const);
    const answer = await openOnDevice(
      tx,
      context,
      { personId: old.personId, device, way: wayOf(old), ground: 'device-rekeyed' },
      {
        ...limits,
        absoluteMs: Math.min(limits.absoluteMs, old.expiresAt.getTime() - now.getTime()),
      },
    );
    if (answer.ok) {
      await tx.query('UPDATE session SET rekeyed_to = $2 WHERE id = $1', [old.id, device.id]);
    }
    return answer;
  });

type OldSession = Session & {
  readonly expiresAt: Date;
  readonly way: SessionWay['kind'];
  readonly issuer: string | null;
  readonly subject: string | null;
  readonly providerSession: string | null;
};

const wayOf = ({ way, issuer, subject, providerSession }: OldSession): SessionWay =>
  way === 'provider' && issuer !== null && subject !== null
    ? { kind: 'provider', issuer, subject, providerSession }
    : { kind: 'account' };

/** The session of the token while it lives, or when it ended for this very device, which has not heard so. */
const findToRekey = async (
  tx: Transaction,
  token: string,
  newDeviceId: string,
  now: Date,
  limits: SessionLimits,
): Promise<OldSession | null> => {
  const [found] = await tx.query<OldSession>(
    `SELECT session.id, session.person_id AS "personId", session.device_id AS "deviceId",
            session.expires_at AS "expiresAt", session.way, session.issuer, session.subject,
            session.provider_session AS "providerSession"
     FROM access_token
     JOIN session ON session.id = access_token.session_id
     JOIN person ON person.id = session.person_id
     JOIN device ON device.id = session.device_id
     WHERE access_token.token_hash = $1 AND person.active AND device.revoked_at IS NULL
       AND session.expires_at > $2
       AND ((session.ended_at IS NULL AND session.last_used_at > $3)
         OR (session.rekeyed_to = $4 AND EXISTS (
           SELECT FROM session AS next
           WHERE next.device_id = $4 AND next.ended_at IS NULL AND NOT next.pair_used)))
     FOR UPDATE OF session`,
    [hashOf(token), now, new Date(now.getTime() - limits.idleMs), newDeviceId],
  );
  return found ?? null;
};
