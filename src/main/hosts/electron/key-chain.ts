import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { safeStorage } from 'electron';
import { err, ok, type Result } from '#shared/lib/result.ts';

export type KeyChainProblem =
  /** There is a kept secret, and the key chain does not give it back: another account or computer. */
  | { readonly code: 'key-chain-unreadable' }
  | { readonly code: 'key-chain-not-kept'; readonly cause: string };

const secretBytes = 32;
const fileName = 'key-chain.bin';

/**
 * The secret that ties case files to this account on this computer: made once, kept under the operating
 * system's key chain. It never opens a case file alone; the person's own secret does with it.
 *
 * @param folder where the wrapped secret is kept
 * @returns the secret; null where the system has no key chain worth the name
 */
export const keyChainSecret = async (
  folder: string,
): Promise<Result<Uint8Array | null, KeyChainProblem>> => {
  const file = path.join(folder, fileName);
  const kept = await readKept(file);
  if (!(await hasKeyChain())) {
    // A new secret would never open what the kept one has closed.
    return kept === null ? ok(null) : err({ code: 'key-chain-unreadable' });
  }
  if (kept !== null) return unwrap(kept);
  const secret = randomBytes(secretBytes);
  try {
    await keep(file, await safeStorage.encryptStringAsync(secret.toString('base64')));
    // Read back before anything depends on it.
    return await unwrap(await readFile(file));
  } catch (error) {
    return err({ code: 'key-chain-not-kept', cause: (error as Error).message });
  }
};

const hasKeyChain = async (): Promise<boolean> => {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
  if (process.platform !== 'linux') return true;
  // `basic_text` is a fixed password that every copy of Chromium knows.
  const backend = safeStorage.getSelectedStorageBackend();
  return backend !== 'basic_text' && backend !== 'unknown';
};

const readKept = async (file: string): Promise<Buffer | null> => {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

const unwrap = async (kept: Buffer): Promise<Result<Uint8Array, KeyChainProblem>> => {
  try {
    const { result } = await safeStorage.decryptStringAsync(kept);
    const secret = Buffer.from(result, 'base64');
    if (secret.length === secretBytes) return ok(new Uint8Array(secret));
  } catch {
    // Falls through: an unreadable secret is one answer, whatever the system's words for it.
  }
  return err({ code: 'key-chain-unreadable' });
};

/** Whole or not at all, also when the power goes. */
const keep = async (file: string, wrapped: Buffer): Promise<void> => {
  const unfinished = `${file}.new`;
  const handle = await open(unfinished, 'w', 0o600);
  try {
    await handle.writeFile(wrapped);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, file);
};
