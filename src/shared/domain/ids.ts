import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';

/** Lower-case UUID text. Records, changes, people, units and devices all carry one. */
export type Id = string;

export const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;

export const idSchema = z.string().regex(idPattern, 'not-an-id');

/** A source of random bytes: the host gives it, so that the same code runs anywhere and tests repeat. */
export type RandomBytes = (length: number) => Uint8Array;

const withDashes = (hex: string): Id =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;

const formatUuid = (bytes: Uint8Array, version: number): Id => {
  const copy = Uint8Array.from(bytes.subarray(0, 16));
  copy[6] = ((copy[6] ?? 0) & 0x0f) | (version << 4);
  copy[8] = ((copy[8] ?? 0) & 0x3f) | 0x80;
  return withDashes(bytesToHex(copy));
};

/** UUIDv7 (RFC 9562): 48 bits of milliseconds since 1970, then random bits. Sorts by time of making. */
export const newId = (nowMs: number, randomBytes: RandomBytes): Id => {
  const bytes = new Uint8Array(16);
  bytes.set(randomBytes(10), 6);
  // A clock before 1970 or past the year 10889 must still give a valid id: clamp, never fail.
  let rest = Math.min(Math.max(Math.floor(nowMs), 0), 2 ** 48 - 1);
  for (let index = 5; index >= 0; index -= 1) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return formatUuid(bytes, 7);
};

/**
 * An id that two devices make alike when each makes the thing apart from the other: a client's plan,
 * or a record imported twice from one source. UUIDv8 (RFC 9562) from SHA-256.
 */
export const derivedId = (namespace: string, name: string): Id =>
  formatUuid(sha256(utf8ToBytes(`${namespace}\u0000${name}`)), 8);

/** One plan per client: its id follows from the client's. */
export const planIdOf = (caseId: Id): Id => derivedId('plan', caseId);

/** One set of contact details per client: its id follows from the client's. */
export const contactIdOf = (caseId: Id): Id => derivedId('contact', caseId);

/** One acknowledgment of one thing by one person, whichever computer it is given at. */
export const acknowledgmentIdOf = (recordId: Id, personId: Id): Id =>
  derivedId('acknowledgment', `${recordId} ${personId}`);

/** The question that is put during a visit: found again with the visit's own draft. */
export const visitQuestionIdOf = (visitId: Id): Id => derivedId('visit-question', visitId);
