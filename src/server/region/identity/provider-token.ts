import { createHash } from 'node:crypto';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { Reader } from '../../db/pool.ts';
import type { Provider } from './identity.ts';

/**
 * Signatures by the provider's private key alone. Never `none`, and never HS*: there the "secret" could be
 * the public key that everybody can read.
 */
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'];

/** Clocks of provider and region may differ by so much, in seconds. */
const toleranceSeconds = 60;
/** A proof is for signing in now: an older one was kept by somebody. */
const mostAgeSeconds = 600;
/** So long after somebody last showed the provider who they are, they show it again. */
const mostAuthenticationSeconds = 14 * 24 * 3_600;

export type Proof = {
  readonly payload: JWTPayload & { readonly sub: string };
  /** The provider's name of its own session, where it gives one. */
  readonly providerSession: string | null;
  /** By this a second use of the same token is noticed, until it has run out. */
  readonly hash: Buffer;
  readonly until: Date;
};

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** What the token signs, not the signature: some kinds of signature can be written in two ways. */
const hashOf = (token: string, payload: JWTPayload): Buffer =>
  createHash('sha256')
    .update(
      payload.jti === undefined
        ? token.slice(0, token.lastIndexOf('.'))
        : JSON.stringify([payload.iss, payload.aud, payload.jti]),
    )
    .digest();

type Verify = {
  readonly requiredClaims: string[];
  /** The token's own type, where its kind has one. */
  readonly typ?: string;
};

const verify = async (
  provider: Provider,
  token: string,
  now: Date,
  { requiredClaims, typ }: Verify,
): Promise<JWTPayload | null> => {
  try {
    const { payload } = await provider.keys.check((keys) =>
      jwtVerify(token, keys, {
        algorithms,
        issuer: provider.issuer,
        audience: provider.audience,
        clockTolerance: toleranceSeconds,
        maxTokenAge: mostAgeSeconds,
        currentDate: now,
        requiredClaims: ['iat', 'exp', ...requiredClaims],
        ...(typ === undefined ? {} : { typ }),
      }),
    );
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
};

const proofOf = (token: string, payload: JWTPayload): Omit<Proof, 'payload'> => ({
  providerSession: text(payload['sid']),
  hash: hashOf(token, payload),
  until: new Date(((payload.exp ?? 0) + toleranceSeconds) * 1_000),
});

/** Another client may be among those a token is made out to; it must be ours that asked for it. */
const askedByUs = (payload: JWTPayload, clientId: string): boolean => {
  const azp = payload['azp'];
  if (azp !== undefined) return azp === clientId;
  return !Array.isArray(payload.aud) || payload.aud.length === 1;
};

/**
 * Checks an id token (OpenID Connect Core 3.1.3.7): signature by a key of the provider, issuer, audience,
 * authorised party, times and nonce. The answer says no more than that it does not hold.
 */
export const checkIdToken = async (
  provider: Provider,
  given: { readonly idToken: string; readonly nonce: string },
  now: Date,
): Promise<Result<Proof, 'wrong-credentials'>> => {
  const payload = await verify(provider, given.idToken, now, { requiredClaims: ['sub', 'nonce'] });
  if (payload === null) return err('wrong-credentials');
  const { sub } = payload;
  const authenticated = payload['auth_time'];
  const tooLongAgo =
    typeof authenticated === 'number' &&
    now.getTime() / 1_000 - authenticated > mostAuthenticationSeconds + toleranceSeconds;
  if (
    sub === undefined ||
    sub === '' ||
    payload['nonce'] !== given.nonce ||
    payload['events'] !== undefined ||
    !askedByUs(payload, provider.clientId) ||
    tooLongAgo
  ) {
    return err('wrong-credentials');
  }
  return ok({ payload: { ...payload, sub }, ...proofOf(given.idToken, payload) });
};

export type LogoutProof = Omit<Proof, 'payload'> & { readonly subject: string | null };

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';

/** Checks a logout token (OpenID Connect Back-Channel Logout 2.6): whose sessions ended at the provider. */
export const checkLogoutToken = async (
  provider: Provider,
  token: string,
  now: Date,
): Promise<Result<LogoutProof, 'bad-request'>> => {
  const payload = await verify(provider, token, now, { requiredClaims: ['jti', 'events'] });
  if (payload === null) return err('bad-request');
  const subject = payload.sub ?? null;
  const proof = proofOf(token, payload);
  const { events, nonce } = payload as { readonly events?: unknown; readonly nonce?: unknown };
  const isLogout = typeof events === 'object' && events !== null && logoutEvent in events;
  if (!isLogout || nonce !== undefined || (subject === null && proof.providerSession === null)) {
    return err('bad-request');
  }
  return ok({ ...proof, subject });
};

/** Takes a proof. @returns false when it was taken before: a copy is worth nothing */
export const takeProof = async (
  db: Reader,
  { hash, until }: Pick<Proof, 'hash' | 'until'>,
): Promise<boolean> => {
  const taken = await db.query(
    `INSERT INTO used_proof (hash, until) VALUES ($1, $2) ON CONFLICT DO NOTHING
     RETURNING 1 AS one`,
    [hash, until],
  );
  return taken.length > 0;
};

/** Housekeeping: proofs that have run out are refused for that already. */
export const forgetProofs = async (db: Reader, now: Date): Promise<void> => {
  await db.query(`DELETE FROM used_proof WHERE until < $1`, [now]);
};
