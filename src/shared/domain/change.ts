import { z } from 'zod';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import { idSchema } from './ids.ts';

/**
 * A hybrid logical clock reading: `<milliseconds, 12 hex digits>-<counter, 4 hex digits>`, so that
 * texts sort as times. It labels changes and breaks ties of `latest`; it never decides who wins.
 */
export type HybridTime = string;

export const hybridTimePattern = /^[0-9a-f]{12}-[0-9a-f]{4}$/u;

export const hybridTimeSchema = z.string().regex(hybridTimePattern, 'not-a-hybrid-time');

/**
 * The highest schema number this program knows. It rises when a group gets a new shape; a change carries the
 * number that its own group asks for (`schemaToWrite`).
 */
export const currentSchema = 3;

/** Most heads one change can settle. */
export const maxParents = 64;

/** No value of ours is deeper than three; a value of thousands would overflow the stack of whoever reads it. */
const deepestValue = 32;

const isShallow = (value: unknown, left: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (left > 0 && Object.values(value).every((member) => isShallow(member, left - 1)));

/** The one key that JSON can carry and an object literal cannot: dropping it would alter what was signed. */
const namesPrototype = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (Object.hasOwn(value, '__proto__') || Object.values(value).some(namesPrototype));

export const valueSchema = z
  .unknown()
  .refine((value) => isShallow(value, deepestValue), { error: 'too-deep', abort: true })
  .refine((value) => !namesPrototype(value), { error: 'key-not-allowed', abort: true })
  .pipe(z.record(z.string().max(100), z.json()));

/**
 * The immutable content of a change: one group of one record gets a new whole value. `parents` are
 * the changes of the same record and group that it replaces.
 */
export const changeSchema = z.object({
  id: idSchema,
  recordId: idSchema,
  kind: z.string().min(1).max(40),
  caseId: idSchema,
  compartment: z.string().min(3).max(60),
  group: z.string().min(1).max(40),
  value: valueSchema,
  parents: z.array(idSchema).max(maxParents),
  authorId: idSchema,
  profession: z.string().max(60),
  taskClass: z.string().max(60),
  time: hybridTimeSchema,
  schema: z.int().min(1).max(10_000),
});
export type Change = Readonly<z.infer<typeof changeSchema>>;

/** A change as a device sends it: the content signed by the device, and the envelope. */
export const sentChangeSchema = z.object({
  change: changeSchema,
  /** Ed25519 over the UTF-8 of `signedText`, base64url. */
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/u, 'not-a-signature'),
  counter: z.int().min(1),
});
export type SentChange = Readonly<z.infer<typeof sentChangeSchema>>;

/** What the author's device signs, and what "same id, same content" compares. */
export const signedText = (change: Change): string => canonicalJson(change);

export const sameContent = (a: Change, b: Change): boolean => signedText(a) === signedText(b);
