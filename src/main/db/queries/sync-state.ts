import { z } from 'zod';
import { noSteps } from '#shared/sync/steps.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';

/** A record, or a part of a client, that a page takes away. */
const removalSchema = z.object({
  caseId: z.string(),
  /** Null where the whole part leaves; `records` says how many are held of it. */
  recordId: z.string().nullable(),
  kind: z.string().nullable(),
  authorId: z.string().nullable(),
  atMs: z.number().nullable(),
  records: z.int(),
});
export type Removal = Readonly<z.infer<typeof removalSchema>>;

const brakeSchema = z.object({
  /** Records taken away by pages of this pull. */
  taken: z.int(),
  answer: z.enum(['none', 'take', 'wait']),
  /** What the page that was stopped would have taken away besides; the first removals of it. */
  stopped: z
    .object({
      sinceMs: z.number(),
      records: z.int(),
      clients: z.int(),
      authors: z.array(
        z.object({
          authorId: z.string().nullable(),
          records: z.int(),
          fromMs: z.number().nullable(),
          untilMs: z.number().nullable(),
        }),
      ),
      rows: z.array(removalSchema),
    })
    .nullable(),
});

export type StoppedRemovals = Readonly<NonNullable<z.infer<typeof brakeSchema>['stopped']>>;

const madeStep = z.object({ number: z.int(), mark: z.string() });

/** What this device remembers of its talk with the region; each is one row of `setting`. */
const stateSchemas = {
  /** Opaque to us; null before the first page. */
  cursor: z.string().nullable(),
  /** Names this beginning of the pull; null until it has been made. */
  begun: z.string().nullable(),
  epoch: z.string().nullable(),
  /** How far the log has been given, in that epoch. */
  through: z.int(),
  directoryRevision: z.int(),
  /** When a pull last came to its end, milliseconds since 1970, UTC. */
  lastCompletePull: z.number().nullable(),
  /** Clients that a first sync has brought; null when none is under way. */
  firstSyncDone: z.int().nullable(),
  /** The hybrid clock's last reading. */
  clock: z.string().nullable(),
  /** The number of the device's last change. */
  counter: z.int(),
  sessionToken: z.string().nullable(),
  /** Good once, for the next pair of tokens. */
  refreshToken: z.string().nullable(),
  /** Which thread renews the tokens, and until when it may take (milliseconds since 1970, UTC). */
  renewal: z.object({ holder: z.string(), untilMs: z.number() }).nullable(),
  /** Of somebody who signed in with the region's identity provider: what a new proof is asked for by. */
  provider: z
    .object({
      issuer: z.string(),
      clientId: z.string(),
      scope: z.string(),
      refreshToken: z.string().nullable(),
      idToken: z.string(),
      nonce: z.string(),
    })
    .nullable(),
  regionName: z.string().nullable(),
  /** The device's private key, PKCS #8 DER in base64. */
  deviceKey: z.string().nullable(),
  /** The steps that requests go under, by which the region notices a copy (SPEC I1). */
  deviceSteps: z.object({ answered: madeStep.nullable(), tried: z.array(madeStep).readonly() }),
  /**
   * The device that this file was until it turned out to be copied, and its key's word for the present one;
   * null once the region knows.
   */
  replaces: z.object({ id: z.string(), signature: z.string() }).nullable(),
  /** Whether what is shown was delivered to the device before, and goes when the first page comes. */
  dropAtFirstPage: z.boolean(),
  /** When the file last took a new id and key, milliseconds since 1970, UTC. */
  deviceRekeyed: z.object({ atMs: z.number() }).nullable(),
  /**
   * What has been used of the time without the region's word, and the highest reading of the computer's
   * clock, milliseconds; null: the region has just given it.
   */
  lease: z.object({ usedMs: z.number(), seenMs: z.number() }).nullable(),
  /** How often something was erased since the file was last scrubbed, and since when; null: nothing is left. */
  erasures: z.object({ count: z.int(), sinceMs: z.number() }).nullable(),
  /** Rounds in a row in which the server stumbled over what was pushed and answered a pull (SPEC N6). */
  stumbles: z.int(),
  /** The region's public key, raw Ed25519, base64url (SPEC B3). */
  regionKey: z.string().nullable(),
  /** What the pull under way has taken away, and where it was stopped for it (SPEC B1). */
  brake: brakeSchema.nullable(),
};

type States = typeof stateSchemas;
export type SyncState = { readonly [K in keyof States]: z.infer<States[K]> };

const initial: SyncState = {
  cursor: null,
  begun: null,
  epoch: null,
  through: 0,
  directoryRevision: 0,
  lastCompletePull: null,
  firstSyncDone: null,
  clock: null,
  counter: 0,
  sessionToken: null,
  refreshToken: null,
  renewal: null,
  provider: null,
  regionName: null,
  deviceKey: null,
  deviceSteps: noSteps,
  replaces: null,
  dropAtFirstPage: false,
  deviceRekeyed: null,
  lease: null,
  erasures: null,
  stumbles: 0,
  regionKey: null,
  brake: null,
};

export const readState = <K extends keyof States>(db: ReadableDb, name: K): SyncState[K] => {
  const text = db.value<string>('SELECT value FROM setting WHERE key = ?', [name]);
  if (text === undefined) return initial[name];
  return stateSchemas[name].parse(JSON.parse(text)) as SyncState[K];
};

export const writeState = <K extends keyof States>(
  db: WritableDb,
  name: K,
  value: SyncState[K],
): void => {
  db.run(
    `INSERT INTO setting (key, value) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET value = excluded.value`,
    [name, JSON.stringify(value)],
  );
};
