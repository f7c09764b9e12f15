import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import type { Reader, Transaction } from '../db/pool.ts';

/** Gives the region its Ed25519 key if it has none; of several programs that start at once, one does. */
export const ensureRegionKey = async (tx: Transaction): Promise<void> => {
  const [keyless] = await tx.query(
    'SELECT 1 FROM region_state WHERE signing_key IS NULL FOR UPDATE',
  );
  if (keyless === undefined) return;
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  await tx.query('UPDATE region_state SET signing_key = $1, public_key = $2', [
    privateKey.export({ format: 'der', type: 'pkcs8' }),
    // The raw key is the last 32 bytes of its SPKI form (RFC 8410).
    publicKey.export({ format: 'der', type: 'spki' }).subarray(-32),
  ]);
};

/** @returns the region's private key, PKCS #8; it lies in the database and nowhere else */
export const readSigningKey = async (db: Reader): Promise<Buffer> => {
  const [state] = await db.query<{ key: Buffer }>('SELECT signing_key AS key FROM region_state');
  if (state === undefined) throw new Error('The database holds no region.');
  return state.key;
};

/** @returns the region's signature of the text as UTF-8, base64url */
export const signByRegion = async (db: Reader, text: string): Promise<string> => {
  const key = createPrivateKey({ key: await readSigningKey(db), format: 'der', type: 'pkcs8' });
  return sign(null, Buffer.from(text, 'utf8'), key).toString('base64url');
};
