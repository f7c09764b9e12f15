import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { changeSchema } from '#shared/domain/change.ts';
import { idSchema, type Id } from '#shared/domain/ids.ts';
import type { Reader, Transaction } from '../../db/pool.ts';
import { readSigningKey } from '../region-key.ts';
import type { LogEntry } from '../syncing/log-entry.ts';
import { asLogEntry, journalChannel, journaled } from './note-rights-changes.ts';

/**
 * Work taken in for review, in the journal of rights. Its author's device keeps no words of it (SPEC P4), so a
 * database that is lost would lose the only ones. The journal holds no words about clients that can be read
 * there: these are sealed under a key that lies in the database alone.
 */

/** The entry's kind in the journal. */
export const sealedReviewKind = 'review-work';

const entrySchema = z.object({
  changeId: idSchema,
  /** ISO 8601, UTC. */
  receivedAt: z.iso.datetime(),
  /** base64url: 12 bytes of nonce, the text, 16 bytes of tag. AES-256-GCM, bound to the change's id. */
  sealed: z.base64url(),
});

const contentSchema = z.object({
  change: changeSchema,
  device: z.object({ id: idSchema, counter: z.int(), signature: z.string() }).nullable(),
});

const nonceBytes = 12;
const tagBytes = 16;

/** Derived for this use alone from what only the database holds (HKDF, RFC 5869). */
const sealingKey = async (db: Reader): Promise<Uint8Array> =>
  new Uint8Array(
    hkdfSync('sha256', await readSigningKey(db), '', 'punos: work for review in the journal', 32),
  );

export const seal = (key: Uint8Array, id: Id, text: string): string => {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(id, 'utf8'));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url');
};

/** @returns null for what another key sealed, for another change, or that was altered */
export const unseal = (key: Uint8Array, id: Id, sealed: string): string | null => {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < nonceBytes + tagBytes) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(Buffer.from(id, 'utf8'));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  const body = decipher.update(bytes.subarray(nonceBytes, -tagBytes));
  try {
    return Buffer.concat([body, decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
};

/** Puts work that was taken in for review on its way into the journal, in the transaction that takes it in (SPEC E2). */
export const noteForReview = async (
  tx: Transaction,
  entries: readonly LogEntry[],
  receivedAt: Date,
): Promise<void> => {
  if (entries.length === 0) return;
  const key = await sealingKey(tx);
  const values = entries.map((entry) => ({
    changeId: entry.change.id,
    receivedAt: receivedAt.toISOString(),
    sealed: seal(key, entry.change.id, JSON.stringify(journaled(entry))),
  }));
  await tx.query(
    `WITH noted AS (
       INSERT INTO rights_entry (kind, value)
       SELECT $1, value FROM jsonb_array_elements($2::jsonb) AS value RETURNING 1)
     SELECT pg_notify($3, '') FROM noted LIMIT 1`,
    [sealedReviewKind, JSON.stringify(values), journalChannel],
  );
};

export type WorkForReview = { readonly entry: LogEntry; readonly receivedAt: Date };

/**
 * What an entry of the journal holds. @returns null where it was sealed by a key that this database does not
 * have, or altered
 */
export const readSealedReview = async (
  db: Reader,
  value: Readonly<Record<string, unknown>>,
): Promise<WorkForReview | null> => {
  const { changeId, receivedAt, sealed } = entrySchema.parse(value);
  const text = unseal(await sealingKey(db), changeId, sealed);
  if (text === null) return null;
  return {
    entry: asLogEntry(contentSchema.parse(JSON.parse(text))),
    receivedAt: new Date(receivedAt),
  };
};
