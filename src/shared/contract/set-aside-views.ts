import { z } from 'zod';
import { idSchema } from '#shared/domain/ids.ts';
import { unreadableCodes } from '#shared/protocol/unreadable-change.ts';
import { outboxRowView } from './views.ts';

/** A change that came and could not be read. Names are told only of what is open here. */
export const setAsideChangeView = z.object({
  /** Names the row. */
  hash: z.string(),
  code: z.enum(unreadableCodes),
  takenMs: z.number(),
  caseId: idSchema.nullable(),
  recordId: idSchema.nullable(),
  clientName: z.string().nullable(),
  kind: z.string().nullable(),
  group: z.string().nullable(),
  /** Its words left with the part that they may have belonged to. */
  isErased: z.boolean(),
});
export type SetAsideChangeView = z.infer<typeof setAsideChangeView>;

/** A client whose outbox waits because the server stumbles over a change. */
export const setAsidePlanView = z.object({
  code: z.enum(['bad-request', 'server-stumbles']),
  sinceMs: z.number(),
  /** When it is tried again; in the past: with the next exchange. */
  nextMs: z.number(),
  tries: z.int(),
  /** The change that it is about first, then those that wait behind it. */
  rows: z.array(outboxRowView),
});
export type SetAsidePlanView = z.infer<typeof setAsidePlanView>;

/** What a stopped pull would take away. */
export const removalsView = z.object({
  sinceMs: z.number(),
  waiting: z.boolean(),
  records: z.int(),
  clients: z.int(),
  /** Who removed how many, and when between; a null author where the region says that clients leave. */
  authors: z.array(
    z.object({
      authorId: idSchema.nullable(),
      records: z.int(),
      fromMs: z.number().nullable(),
      untilMs: z.number().nullable(),
    }),
  ),
  rows: z.array(
    z.object({
      caseId: idSchema,
      /** Null: a whole part of the client leaves. */
      recordId: idSchema.nullable(),
      clientName: z.string().nullable(),
      kind: z.string().nullable(),
      records: z.int(),
    }),
  ),
});
export type RemovalsView = z.infer<typeof removalsView>;
