import { z } from 'zod';
import { idSchema } from '#shared/domain/ids.ts';
import { call, nothing } from './call.ts';

/** What a line of the work list asks for. `own-…` are requests that this person made. */
export const workSorts = [
  'review',
  'conflict',
  'refused',
  'returned',
  'set-aside',
  'request',
  'own-request',
  'answer',
  'hand-over',
  'changed',
] as const;
export type WorkSort = (typeof workSorts)[number];

/** One line of the work list (Oma päivä). What a sort has no use for is null or nought. */
export const workItem = z.object({
  /** Its place: the same line has the same key whenever the list is read. */
  key: z.string(),
  sort: z.enum(workSorts),
  /** Null where the client is no longer here. */
  client: z
    .object({
      caseId: idSchema,
      familyName: z.string(),
      givenNames: z.string(),
      birthDate: z.string().nullable(),
    })
    .nullable(),
  /** The record that it leads to, and the row that it is about: itself, or a request's place. */
  recordId: idSchema.nullable(),
  place: z.object({ kind: z.string(), title: z.string() }).nullable(),
  group: z.string().nullable(),
  /** A request's kind or a refusal's code. */
  kind: z.string(),
  /** How an answer stands. */
  state: z.string(),
  /** What was asked, answered or handed over; the beginning of it. */
  text: z.string(),
  /** The others concerned: who asked, answered, wrote, is asked; null for anybody of the profession. */
  people: z.array(z.object({ personId: idSchema.nullable(), profession: z.string() })),
  /** A Finnish civil date, included. */
  due: z.string().nullable(),
  /** When it came to be, milliseconds since 1970, UTC. */
  time: z.number().nullable(),
  count: z.int(),
});
export type WorkItem = z.infer<typeof workItem>;

export const workCalls = {
  /** All that waits for this person, of every client on this device; the looks are logged before the answer. */
  'work.list': call(nothing, z.object({ items: z.array(workItem) })),
  /** How many lines ask for something: for the menu. Shows nothing of anybody. */
  'work.count': call(nothing, z.object({ count: z.int() })),
} as const;
