import { z } from 'zod';
import { idSchema } from '#shared/domain/ids.ts';
import { sections } from '#shared/domain/records/sections.ts';
import { lineText, nameText } from '#shared/domain/text.ts';
import { maxParents, valueSchema } from '#shared/domain/change.ts';
import { liveSaying } from '#shared/protocol/live.ts';
import { call, nothing } from './call.ts';
import { deviceCalls } from './device-calls.ts';
import { familyCalls } from './family-calls.ts';
import { historyCalls } from './history-calls.ts';
import { onlineCalls } from './online-calls.ts';
import { rightsCalls } from './rights-calls.ts';
import { sessionCalls } from './session-calls.ts';
import { removalsView, setAsideChangeView, setAsidePlanView } from './set-aside-views.ts';
import {
  clientRow,
  clientView,
  directoryView,
  outboxRowView,
  sessionState,
  syncStatus,
  textHit,
} from './views.ts';
import { workCalls } from './work-calls.ts';

export { problemSchema, type Problem } from './call.ts';

const heads = z.array(idSchema).max(maxParents);

/** One group of one record gets a new value. `basedOn` are the heads that the writer was looking at (SPEC D5). */
const edit = z.strictObject({
  recordId: idSchema,
  kind: z.string().max(40),
  compartment: z.string().max(60),
  group: z.string().max(40),
  value: valueSchema,
  basedOn: heads,
});
export type Edit = z.infer<typeof edit>;

const written = z.object({
  changes: z.array(z.object({ changeId: idSchema, recordId: idSchema, group: z.string() })),
  savedAt: z.number(),
});

export const clientSorts = ['name', 'birth-date', 'unit', 'review', 'conflicts'] as const;

/**
 * Everything the window may ask of the core: the one map of calls. Inputs are strict (an extra field is a
 * mistake or an attack), and both directions are checked at the border.
 */
export const calls = {
  'session.state': call(nothing, sessionState),
  /** Signs in to the region and opens, or makes, the person's case file. */
  'session.signIn': call(
    z.strictObject({ login: nameText, secret: z.string().max(1_000) }),
    sessionState,
  ),
  /** Opens a case file that is on this computer; needs no network. */
  'session.unlock': call(
    z.strictObject({ personId: idSchema, secret: z.string().max(1_000) }),
    sessionState,
  ),
  'session.lock': call(nothing, sessionState),
  /** Sets a case file that cannot be opened aside, keeping it, so that a new one can be made. */
  'session.setAside': call(
    z.strictObject({ personId: idSchema }),
    z.object({ waiting: z.int().nullable(), keptAs: z.string() }),
  ),

  'clients.search': call(
    z.strictObject({
      query: z.string().max(200),
      sort: z.enum(clientSorts),
      descending: z.boolean(),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    z.object({ total: z.int(), rows: z.array(clientRow) }),
  ),
  /** Clients whom this person has pinned, and those opened last besides them. */
  'clients.atHand': call(
    nothing,
    z.object({ pinned: z.array(clientRow), lastOpened: z.array(clientRow) }),
  ),
  /** Keeps a client at hand, or no longer: for this person, on this computer. */
  'clients.pin': call(z.strictObject({ caseId: idSchema, isPinned: z.boolean() }), z.object({})),
  /** The look is logged before the answer (`uses` in the core); `from` says where the client was found. */
  'clients.open': call(
    z.strictObject({ caseId: idSchema, from: z.enum(['list', 'search']) }),
    clientView,
  ),
  /**
   * What others changed in a section (null: in all of them) is no longer new to this person; up to the
   * arrival that the view told as `unseenThrough`, so that what came meanwhile stays new.
   */
  'clients.markSeen': call(
    z.strictObject({
      caseId: idSchema,
      section: z.enum(sections).nullable(),
      through: z.int().min(0),
    }),
    z.object({}),
  ),
  /** Makes a client, its plan and the writer's own membership in one transaction. */
  'clients.create': call(
    z.strictObject({ identity: valueSchema, language: valueSchema, unitId: idSchema.nullable() }),
    z.object({ caseId: idSchema }),
  ),
  'text.search': call(
    z.strictObject({ query: z.string().max(200), limit: z.int().min(1).max(200) }),
    z.object({ hits: z.array(textHit) }),
  ),

  'records.write': call(
    z.strictObject({ caseId: idSchema, edits: z.array(edit).min(1).max(200) }),
    written,
  ),
  'records.remove': call(
    z.strictObject({
      caseId: idSchema,
      recordId: idSchema,
      reason: lineText.trim().min(1, 'reason-missing'),
    }),
    written,
  ),
  'records.restore': call(z.strictObject({ caseId: idSchema, recordId: idSchema }), written),

  /** Keeps what is being typed, so that a crash costs nothing; it is no change yet. */
  'drafts.save': call(
    z.strictObject({
      caseId: idSchema,
      recordId: idSchema,
      kind: z.string().max(40),
      compartment: z.string().max(60),
      group: z.string().max(40),
      value: valueSchema,
      basedOn: heads,
    }),
    z.object({ savedAt: z.number() }),
  ),
  'drafts.discard': call(
    z.strictObject({ caseId: idSchema, recordId: idSchema, group: z.string().max(40) }),
    nothing,
  ),

  /**
   * The window has the plan open, and somebody writes that group in it; said anew every 20 seconds. Whom the
   * region tells is told by `here.changed`.
   */
  'here.say': call(liveSaying.omit({ type: true }).strict(), nothing),

  'directory.read': call(nothing, directoryView),

  'sync.status': call(nothing, syncStatus),
  /** What is only here, the refused first, then in the order of sending; also of clients that have left. */
  'sync.outbox': call(
    z.strictObject({ limit: z.int().min(1).max(500) }),
    z.object({ rows: z.array(outboxRowView) }),
  ),
  'sync.now': call(nothing, syncStatus),
  /** What is set aside: what came and could not be read, and what the server stumbles over. */
  'sync.setAside': call(
    nothing,
    z.object({ incoming: z.array(setAsideChangeView), plans: z.array(setAsidePlanView) }),
  ),
  /** Tries again, now, what is set aside. */
  'sync.tryAgain': call(nothing, z.object({ read: z.int() })),
  /** What a stopped pull would take away; null when none is stopped. */
  'sync.removals': call(nothing, z.object({ removals: removalsView.nullable() })),
  /** Takes the removals, or leaves the pull stopped. */
  'sync.answerRemovals': call(z.strictObject({ answer: z.enum(['take', 'wait']) }), nothing),
  /** The writer has read a refused change and does not need it any more. */
  'sync.dismissRefused': call(z.strictObject({ changeId: idSchema }), nothing),

  ...deviceCalls,
  ...sessionCalls,
  ...rightsCalls,
  ...historyCalls,
  ...onlineCalls,
  ...workCalls,
  ...familyCalls,
} as const;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<N extends CallName> = z.input<Calls[N]['input']>;
/** The input as the core gets it, checked. */
export type CallArguments<N extends CallName> = z.output<Calls[N]['input']>;
export type CallOutput<N extends CallName> = z.output<Calls[N]['output']>;

export const isCallName = (name: string): name is CallName => Object.hasOwn(calls, name);
