import {
  createCipheriv,
  createDecipheriv,
  createHash,
  hkdfSync,
  randomBytes,
  randomUUID,
} from 'node:crypto';
import fs from 'node:fs';

import { hashRaw } from '@node-rs/argon2';
import { z } from 'zod';

import { writeFileDurably } from './durable-file.ts';
import { idSchema, type Id } from '#shared/domain/ids.ts';
import { canonicalJson, type JsonObject } from '#shared/lib/canonical-json.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';

/**
 * The case file is encrypted with a random key that never changes. That key lies in a small file
 * beside the database, wrapped under two things together: what the person knows (through argon2id)
 * and what the operating system's key chain keeps for this account, where there is one. Neither alone
 * opens it, and a changed secret rewrites this small file only.
 */

export type Argon2Parameters = {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
};

/**
 * Above the first of OWASP's equivalent choices (46 MiB, 1 pass) in memory and passes both: the file
 * may be attacked for years on a stolen disk, and a person waits for it once a day.
 */
export const defaultArgon2: Argon2Parameters = { memoryKiB: 65_536, passes: 3, lanes: 1 };

export type Secrets = {
  /** What the person types. Compared in NFC, so that å typed on another keyboard is the same å. */
  readonly secret: string;
  /** From the operating system's key chain; null where the host has none. */
  readonly keyChainSecret: Uint8Array | null;
};

const bytesOf = (length: number) =>
  z.string().refine((text) => {
    const bytes = Buffer.from(text, 'base64');
    return bytes.length === length && bytes.toString('base64') === text;
  }, `not-${length}-bytes`);

const keyHeaderContent = z.strictObject({
  format: z.literal('punos-key'),
  version: z.literal(1),
  fileUuid: idSchema,
  /** The first bytes of the database: its cipher salt. Tells a damaged file from another's header. */
  databaseMark: bytesOf(16),
  /** Whether the key chain's secret took part in the wrapping. */
  keyChain: z.boolean(),
  argon2: z.strictObject({
    // The upper bounds keep a hostile header from stopping the machine.
    memoryKiB: z.int().min(8).max(1_048_576),
    passes: z.int().min(1).max(64),
    lanes: z.int().min(1).max(16),
  }),
  salt: bytesOf(16),
  nonce: bytesOf(12),
  wrappedKey: bytesOf(48),
});

const keyHeaderSchema = keyHeaderContent.extend({ checksum: z.string() });

export type KeyHeader = z.infer<typeof keyHeaderSchema>;
type KeyHeaderContent = z.infer<typeof keyHeaderContent>;

export type KeyHeaderProblem =
  | { readonly kind: 'key-header-missing' }
  | { readonly kind: 'key-header-damaged'; readonly detail: string };

export type UnwrapProblem =
  | { readonly kind: 'wrong-secret' }
  /** The key was wrapped with the key chain's part too, and this host has none to give. */
  | { readonly kind: 'key-chain-needed' };

const checksumOf = (content: KeyHeaderContent): string =>
  createHash('sha256').update(canonicalJson(content)).digest('base64');

/** All of the header but the wrapped key: changing any of it makes the unwrapping fail. */
const boundData = (header: KeyHeaderContent): Buffer => {
  const bound = { ...header, wrappedKey: undefined, checksum: undefined };
  return Buffer.from(canonicalJson(bound as unknown as JsonObject), 'utf8');
};

const wrappingKey = async (
  secrets: Secrets,
  salt: Uint8Array,
  parameters: Argon2Parameters,
): Promise<Buffer> => {
  const stretched = await hashRaw(secrets.secret.normalize('NFC'), {
    // Argon2id; the package's own enum is ambient and does not exist at run time.
    algorithm: 2,
    memoryCost: parameters.memoryKiB,
    timeCost: parameters.passes,
    parallelism: parameters.lanes,
    outputLen: 32,
    salt,
  });
  const keyChain = secrets.keyChainSecret ?? new Uint8Array(0);
  // Length first: no split of the joined bytes between the two parts can mean another pair.
  const material = Buffer.concat([Buffer.from([stretched.length]), stretched, keyChain]);
  const info = secrets.keyChainSecret === null ? 'punos-wrap-1' : 'punos-wrap-1+key-chain';
  const key = Buffer.from(hkdfSync('sha256', material, salt, info, 32));
  stretched.fill(0);
  material.fill(0);
  return key;
};

export type NewKey = { readonly key: Uint8Array; readonly fileUuid: Id };

/** A random 32-byte key and the identity of the file that it will encrypt. */
export const newDatabaseKey = (): NewKey => ({
  key: new Uint8Array(randomBytes(32)),
  fileUuid: randomUUID(),
});

/** Wraps `key` anew: fresh salt and nonce each time. */
export const wrapKey = async (
  { key, fileUuid }: NewKey,
  databaseMark: Uint8Array,
  secrets: Secrets,
  parameters: Argon2Parameters = defaultArgon2,
): Promise<KeyHeader> => {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const content: KeyHeaderContent = {
    format: 'punos-key',
    version: 1,
    fileUuid,
    databaseMark: Buffer.from(databaseMark).toString('base64'),
    keyChain: secrets.keyChainSecret !== null,
    argon2: parameters,
    salt: salt.toString('base64'),
    nonce: nonce.toString('base64'),
    wrappedKey: '',
  };
  const wrapping = await wrappingKey(secrets, salt, parameters);
  const cipher = createCipheriv('aes-256-gcm', wrapping, nonce);
  cipher.setAAD(boundData(content));
  const wrapped = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  wrapping.fill(0);
  const complete = { ...content, wrappedKey: wrapped.toString('base64') };
  return { ...complete, checksum: checksumOf(complete) };
};

/** The 32-byte key of the database, or why these secrets do not give it. */
export const unwrapKey = async (
  header: KeyHeader,
  secrets: Secrets,
): Promise<Result<Uint8Array, UnwrapProblem>> => {
  if (header.keyChain && secrets.keyChainSecret === null) return err({ kind: 'key-chain-needed' });
  const wrapping = await wrappingKey(
    // A header wrapped without a key chain stays readable on a host that has since got one.
    header.keyChain ? secrets : { ...secrets, keyChainSecret: null },
    Buffer.from(header.salt, 'base64'),
    header.argon2,
  );
  const wrapped = Buffer.from(header.wrappedKey, 'base64');
  const cipher = createDecipheriv('aes-256-gcm', wrapping, Buffer.from(header.nonce, 'base64'), {
    authTagLength: 16,
  });
  cipher.setAAD(boundData(header));
  cipher.setAuthTag(wrapped.subarray(32));
  try {
    return ok(
      new Uint8Array(Buffer.concat([cipher.update(wrapped.subarray(0, 32)), cipher.final()])),
    );
  } catch {
    return err({ kind: 'wrong-secret' });
  } finally {
    wrapping.fill(0);
  }
};

/** Replaces the header whole; a crash leaves the old one or the new one. Throws fs errors. */
export const writeKeyHeader = (file: string, header: KeyHeader): void => {
  writeFileDurably(file, `${JSON.stringify(header, null, 2)}\n`);
};

/** Throws fs errors other than "there is no such file". */
export const readKeyHeader = (file: string): Result<KeyHeader, KeyHeaderProblem> => {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return err({ kind: 'key-header-missing' });
    }
    throw error;
  }
  const parsed = keyHeaderSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    return err({ kind: 'key-header-damaged', detail: z.prettifyError(parsed.error) });
  }
  const { checksum, ...content } = parsed.data;
  // Without this a flipped bit would look like a wrong secret, and a person would try for hours.
  if (checksum !== checksumOf(content)) {
    return err({ kind: 'key-header-damaged', detail: 'checksum' });
  }
  return ok(parsed.data);
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
