import { z } from 'zod';
import { personSchema } from '#shared/domain/directory.ts';
import { idSchema } from '#shared/domain/ids.ts';
import { regionKeySchema } from './left-text.ts';

/** The device that somebody signs in on; its public key is raw Ed25519, base64url. */
const deviceSchema = z.object({
  id: idSchema,
  publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/u),
  name: z.string().max(200),
  /**
   * The device that this one goes on from, which turned out to be one of two copies, and Ed25519 by its key
   * over `rekeyText`, base64url (SPEC I4).
   */
  replaces: z.object({ id: idSchema, signature: z.string().max(120) }).optional(),
});
export type DeviceIntroduction = Readonly<z.infer<typeof deviceSchema>>;

/** What a device that takes a new id and key signs with the key it had. */
export const rekeyText = ({
  id,
  publicKey,
}: Pick<DeviceIntroduction, 'id' | 'publicKey'>): string => `punos-rekey:${id}:${publicKey}`;

/**
 * `POST /v1/session/rekey`: a device that was copied goes on under a new id and key. It opens a session for
 * that one, as good for as long, in the place of the one whose token it comes with.
 */
export const rekeyRequest = z.object({ device: deviceSchema.required({ replaces: true }) });
export type RekeyRequest = z.infer<typeof rekeyRequest>;

/** Sign-in with a local account. */
export const signInRequest = z.object({
  login: z.string().min(1).max(200),
  secret: z.string().min(1).max(1_000),
  device: deviceSchema,
});
export type SignInRequest = z.infer<typeof signInRequest>;

/** `POST /v1/session/provider`: sign-in with the word of the region's identity provider (OpenID Connect). */
export const providerSignInRequest = z.object({
  idToken: z.string().min(1).max(12_000),
  /** What the device gave to the provider at the beginning: the id token must hold the same. */
  nonce: z.string().min(16).max(200),
  device: deviceSchema,
});
export type ProviderSignInRequest = z.infer<typeof providerSignInRequest>;

/** What a device holds of its session. Times are ISO 8601 UTC. */
const sessionTokens = {
  /** Sent with every request; good for minutes. */
  token: z.string(),
  /** Good once, for the next pair. */
  refreshToken: z.string(),
  /** When `token` runs out. */
  accessUntil: z.string(),
  /** When the session ends if it is not used. */
  expiresAt: z.string(),
};

export const signInResponse = z.object({
  ...sessionTokens,
  person: personSchema,
  region: z.object({
    id: idSchema,
    name: z.string(),
    /** By which the region signs what leaves a device; from version 3 on (SPEC B3). */
    key: regionKeySchema.optional(),
  }),
});
export type SignInResponse = z.infer<typeof signInResponse>;

/** `POST /v1/session/refresh`: the next pair, for the device that holds the session's key. */
export const refreshRequest = z.object({
  refreshToken: z.string().max(200),
  /** Ed25519 by the device's key over `refreshText`, base64url. */
  signature: z.string().max(120),
});
export type RefreshRequest = z.infer<typeof refreshRequest>;
export const refreshText = (refreshToken: string): string => `punos-refresh:${refreshToken}`;

export const refreshResponse = z.object(sessionTokens);
export type RefreshResponse = z.infer<typeof refreshResponse>;

/** `GET /v1/sign-in-ways`: how one may sign in to this region, asked before anybody has. */
export const signInWays = z.object({
  localAccounts: z.boolean(),
  provider: z.object({ issuer: z.string(), clientId: z.string(), scope: z.string() }).nullable(),
});
export type SignInWays = z.infer<typeof signInWays>;

/** Every error answer of the server: a code that the program has words for, nothing about clients. */
export const errorCodes = [
  'bad-request',
  'wrong-credentials',
  'slow-down',
  'signed-out',
  /** The access token has run out; the session goes on with a new one. */
  'token-expired',
  'device-revoked',
  /** There are two copies of this device: whoever hears it takes a new id and key (SPEC I3). */
  'device-copied',
  /** Signed in, but this is not for this person; in the same words whether or not it exists. */
  'no-access',
  /** The input contradicts itself or what is stored; `path` says where. */
  'not-acceptable',
  'bad-cursor',
  'too-large',
  'not-found',
  'version-not-served',
  'unavailable',
  'internal',
] as const;
export const errorResponse = z.object({
  code: z.enum(errorCodes),
  /** Which part of the input it is about, and what is wrong with it, as a code. */
  path: z.string().optional(),
  problem: z.string().optional(),
  retryAfterSeconds: z.number().optional(),
});
export type ErrorResponse = z.infer<typeof errorResponse>;
