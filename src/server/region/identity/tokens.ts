import { createHash } from 'node:crypto';
import { idSchema, type Id, type RandomBytes } from '#shared/domain/ids.ts';

/** What a device holds of its session; the server keeps only digests. */
export type Tokens = {
  /** Good for minutes, sent with every request. */
  readonly token: string;
  /** Good once, for the next pair. It names its session, so that a copy that was used before is noticed. */
  readonly refreshToken: string;
};

export const tokenForm = /^[A-Za-z0-9_-]{43}$/;
const refreshForm = /^[A-Za-z0-9_-]{64}$/;

const idBytes = 16;
const secretBytes = 32;

export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

export const freshTokens = (sessionId: Id, random: RandomBytes): Tokens => ({
  token: Buffer.from(random(secretBytes)).toString('base64url'),
  refreshToken: Buffer.concat([
    Buffer.from(sessionId.replaceAll('-', ''), 'hex'),
    random(secretBytes),
  ]).toString('base64url'),
});

/** The session that a refresh token says it belongs to; null when it is none of ours. */
export const sessionIdOf = (refreshToken: string): Id | null => {
  if (!refreshForm.test(refreshToken)) return null;
  const hex = Buffer.from(refreshToken, 'base64url').subarray(0, idBytes).toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
  return idSchema.safeParse(id).success ? id : null;
};
