import { z } from 'zod';
import { personSchema } from '#shared/domain/directory.ts';
import { idSchema } from '#shared/domain/ids.ts';

/** Sign-in with a local account. The device's public key is raw Ed25519, base64url. */
export const signInRequest = z.object({
  login: z.string().min(1).max(200),
  secret: z.string().min(1).max(1_000),
  device: z.object({
    id: idSchema,
    publicKey: z.string().regex(/^[A-Za-z0-9_-]{43}$/u),
    name: z.string().max(200),
  }),
});
export type SignInRequest = z.infer<typeof signInRequest>;

export const signInResponse = z.object({
  token: z.string(),
  person: personSchema,
  region: z.object({ id: idSchema, name: z.string() }),
  /** When the session ends if it is not used, ISO 8601 UTC. */
  expiresAt: z.string(),
});
export type SignInResponse = z.infer<typeof signInResponse>;

/** Every error answer of the server: a code that the program has words for, nothing about clients. */
export const errorCodes = [
  'bad-request',
  'wrong-credentials',
  'slow-down',
  'signed-out',
  /** The access token has run out; the session goes on with a new one. */
  'token-expired',
  'device-revoked',
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
