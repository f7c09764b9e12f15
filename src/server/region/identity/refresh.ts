import { createPublicKey, verify } from 'node:crypto';
import {
  refreshText,
  type RefreshRequest,
  type RefreshResponse,
} from '#shared/protocol/session.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { withTransaction } from '../../db/pool.ts';
import type { RegionContext } from '../context.ts';
import { endSession, findToRefresh, rotateTokens, type SessionLimits } from './sessions.ts';

/** What stands before the raw key in its SPKI form (RFC 8410). */
const spkiHead = Buffer.from('302a300506032b6570032100', 'hex');

/** Whether the device with this raw Ed25519 key signed the text. */
const signedBy = (publicKey: Buffer, text: string, signature: string): boolean => {
  const key = createPublicKey({
    key: Buffer.concat([spkiHead, publicKey]),
    format: 'der',
    type: 'spki',
  });
  return verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64url'));
};

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
    if (!signedBy(session.publicKey, refreshText(refreshToken), signature)) {
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
