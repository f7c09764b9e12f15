import { createHash } from 'node:crypto';
import { signedText, type Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';

/**
 * A change on its way into the log: checked against its schema, its signature and its author's
 * rights by the caller. `device` is null only for what the region itself writes (import, demo).
 */
export type LogEntry = {
  readonly change: Change;
  readonly device: {
    readonly id: Id;
    readonly counter: number;
    /** Ed25519 over `signedText(change)`, 64 bytes. */
    readonly signature: Uint8Array;
  } | null;
};

/** What "same id, same content" compares (SPEC G4). */
export const contentHash = (change: Change): Buffer =>
  createHash('sha256').update(signedText(change), 'utf8').digest();
