import { z } from 'zod';
import { absenceSchema, personSchema, unitSchema } from '#shared/domain/directory.ts';
import { grantSchema } from '#shared/protocol/grant.ts';
import { idSchema } from '#shared/domain/ids.ts';
import { valueSchema } from '#shared/domain/change.ts';

/** One version of a group as the window shows it. `time` is milliseconds since 1970, UTC. */
export const versionView = z.object({
  changeId: idSchema,
  value: valueSchema,
  authorId: idSchema,
  profession: z.string(),
  time: z.number(),
  /** True until the region has it. */
  waiting: z.boolean(),
});
export type VersionView = z.infer<typeof versionView>;

const shownVersions = {
  heads: z.array(versionView),
  /** Only a newer program can write it: shown as far as known, not edited here (SPEC V2). */
  newer: z.boolean(),
};

/** What a group says now; `sync/resolve.ts` explains the states. `empty` groups are left out. */
export const groupView = z.discriminatedUnion('state', [
  z.object({ state: z.literal('settled'), value: valueSchema, ...shownVersions }),
  z.object({
    state: z.literal('merged'),
    value: valueSchema,
    ...shownVersions,
    ancestor: versionView,
  }),
  z.object({ state: z.literal('conflict'), ...shownVersions, ancestor: versionView.nullable() }),
]);
export type GroupView = z.infer<typeof groupView>;

/** What somebody typed and has not finished: kept as typed, shown only to its writer. */
export const draftView = z.object({
  value: valueSchema,
  basedOn: z.array(idSchema),
  savedAt: z.number(),
});
export type DraftView = z.infer<typeof draftView>;

export const recordView = z.object({
  id: idSchema,
  kind: z.string(),
  compartment: z.string(),
  /** A kind, or a way of removing, that only a newer program knows: not removed or restored here. */
  newer: z.boolean(),
  groups: z.record(z.string(), groupView),
  existence: z.discriminatedUnion('state', [
    z.object({ state: z.literal('standing') }),
    z.object({ state: z.literal('removed'), reason: z.string() }),
    z.object({
      state: z.literal('removed-and-edited'),
      reason: z.string(),
      editedBy: z.array(idSchema),
    }),
  ]),
  /** The latest removal or restoring of the record; null if it was never removed. */
  existenceTouched: z
    .object({ time: z.number(), waiting: z.boolean(), heads: z.array(idSchema) })
    .nullable(),
  drafts: z.record(z.string(), draftView),
  /** Groups that somebody else has changed since this person last looked, `existence` among them. */
  unseen: z.array(z.string()),
});
export type RecordView = z.infer<typeof recordView>;

export const refusedChangeView = z.object({
  changeId: idSchema,
  caseId: idSchema,
  recordId: idSchema,
  kind: z.string(),
  group: z.string(),
  value: valueSchema,
  code: z.string(),
  time: z.number(),
});

/** A change that the region has not confirmed: waiting its turn, or refused with a code. */
export const outboxRowView = refusedChangeView.extend({
  code: z.string().nullable(),
  /** Null when the client is no longer on this device: the text still is. */
  clientName: z.string().nullable(),
});
export type OutboxRowView = z.infer<typeof outboxRowView>;

/** One part of a client that is open, and why. */
export const grantPart = grantSchema.omit({ caseId: true });
export type GrantPart = z.infer<typeof grantPart>;

/**
 * What could not be read of a client: shown with a mark and not written (SPEC N3). A record with a null group
 * is meant whole; `whole` is the client, where not even the record can be told.
 */
export const unreadView = z.object({
  whole: z.boolean(),
  places: z.array(z.object({ recordId: idSchema, group: z.string().nullable() })),
});
export type UnreadView = z.infer<typeof unreadView>;

/** A whole client: everything the device holds, and what the writer has not finished. */
export const clientView = z.object({
  caseId: idSchema,
  records: z.array(recordView),
  /** Changes of this client that the region has not confirmed. */
  waiting: z.int(),
  refused: z.array(refusedChangeView),
  /** Why this person sees the client, part by part; the joint plan's first. */
  access: z.object({ parts: z.array(grantPart) }),
  /** Contact details lie here but are covered under a restraint on disclosure until they are asked for. */
  contactCovered: z.boolean(),
  unread: unreadView,
  /** The last arrival among what is unseen: what `clients.markSeen` is told. */
  unseenThrough: z.int(),
});
export type ClientView = z.infer<typeof clientView>;

/** A row of the client list. */
export const clientRow = z.object({
  caseId: idSchema,
  familyName: z.string(),
  givenNames: z.string(),
  personalIdentityCode: z.string().nullable(),
  birthDate: z.string().nullable(),
  unitName: z.string(),
  custodianId: idSchema.nullable(),
  reviewDate: z.string().nullable(),
  track: z.string().nullable(),
  restraintOnDisclosure: z.boolean(),
  conflicts: z.int(),
  waiting: z.int(),
});
export type ClientRow = z.infer<typeof clientRow>;

export const directoryView = z.object({
  people: z.array(personSchema),
  units: z.array(unitSchema),
  absences: z.array(absenceSchema),
});
export type DirectoryView = z.infer<typeof directoryView>;

export const textHit = z.object({
  caseId: idSchema,
  recordId: idSchema,
  kind: z.string(),
  group: z.string(),
  clientName: z.string(),
  /** The text around the place found; the found part stands between U+2068 and U+2069. */
  excerpt: z.string(),
});

/** Sync as it is, not as a connection suggests (SPEC T1). Times are milliseconds since 1970, UTC. */
export const syncStatus = z.object({
  state: z.enum(['never', 'working', 'idle', 'offline', 'trouble', 'signed-out']),
  waiting: z.int(),
  oldestWaitingSince: z.number().nullable(),
  refused: z.int(),
  /** Own work that a reviewer decides about, and what has come back; content-free. */
  inReview: z.int(),
  conflicts: z.int(),
  /** Changes that came and could not be read, and clients whose outbox waits because the server stumbles. */
  setAside: z.object({ incoming: z.int(), clients: z.int() }),
  /** A pull that would take much away has been stopped; `waiting` when a person has said to wait (SPEC B4). */
  brake: z.object({ records: z.int(), waiting: z.boolean() }).nullable(),
  lastCompletePull: z.number().nullable(),
  /** Whether the region has everything that is written here. */
  regionHasAll: z.boolean(),
  /** When the next try is due after trouble; null when none waits. */
  nextTryMs: z.number().nullable(),
  /**
   * A first sync: clients that have come and that still wait; how long it will go on by its present pace
   * (null: too early to say); whether the person has stopped it.
   */
  firstSync: z
    .object({
      done: z.int(),
      waiting: z.int(),
      leftMs: z.number().nullable(),
      held: z.boolean(),
    })
    .nullable(),
  /**
   * How long clients are shown without the region's word, by this computer's clock; null where nobody is
   * at the desk.
   */
  lease: z.object({ isOver: z.boolean(), untilMs: z.number() }).nullable(),
  /** When this computer's case file took a new device id, because there was a copy of it; for a week. */
  deviceRekeyed: z.object({ atMs: z.number() }).nullable(),
  /** What is wrong, as a code with words in `resources/locales`. */
  problem: z.string().nullable(),
});
export type SyncStatus = z.infer<typeof syncStatus>;

/** Somebody who has a case file on this computer. */
export const deskPerson = z.object({
  personId: idSchema,
  name: z.string(),
  profession: z.string(),
  login: z.string(),
  /** Changes that wait to be sent; null when the file does not say without its key. */
  waiting: z.int().nullable(),
  problem: z.string().nullable(),
});
export type DeskPerson = z.infer<typeof deskPerson>;

export const sessionState = z.object({
  state: z.enum(['locked', 'open']),
  people: z.array(deskPerson),
  person: personSchema.nullable(),
  regionName: z.string().nullable(),
});
export type SessionState = z.infer<typeof sessionState>;
