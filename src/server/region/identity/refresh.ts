import {
  refreshText,
  type RefreshRequest,
  type RefreshResponse,
} from '#shared/protocol/session.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { withTransaction } from '../../db/pool.ts';
import type { RegionContext } from '../context.ts';
import { deviceSignatureCheck } from './device-signature.ts';
import { endSession, findToRefresh, rotateTokens, type SessionLimits } from './sessions.ts';

/**
 * The next pair of tokens for a living session. The refresh token alone is not enough: the device signs
 * it with the key it was enrolled by. One that was used before tells that somebody holds a copy: the
 * session ends for both, and the person signs in again.
 */
export const refreshSession = (
  context: RegionContext,
  { refreshToken, signature }: RefreshRequest,
  limits?: SessionLimits,
): Promise<Result<RefreshResponse, 'signed-out'>> =>
  withTransaction(context.db, async (tx) => {
    const now = context.now();
    const session = await findToRefresh(tx, refreshToken, now, limits);
    if (session === null) return err('signed-out' as const);
    // Without the device's key nothing happens to the session: who only read a token cannot end it.
    if (!deviceSignatureCheck(session.publicKey)(refreshText(refreshToken), signature)) {
      return err('signed-out' as const);
    }
    if (session.shown === 'used-before') {
      await endSession(tx, session.id, now);
      return err('signed-out' as const);
    }
    const next = await rotateTokens(tx, session, now, context.random, limits);
    return ok({
      token: next.token,
      refreshToken: next.refreshToken,
      accessUntil: next.accessUntil.toISOString(),
      expiresAt: next.expiresAt.toISOString(),
    });
  });
