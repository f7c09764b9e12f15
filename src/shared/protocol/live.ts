import { z } from 'zod';
import { idSchema } from '#shared/domain/ids.ts';

/** The group of a record that somebody is writing. */
const writtenPart = z.object({
  recordId: idSchema,
  group: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/u, 'not-a-group'),
});
export type WrittenPart = Readonly<z.infer<typeof writtenPart>>;

/** Somebody who has a plan open, and what they are writing there. */
export const presentPerson = z.object({ personId: idSchema, part: writtenPart.nullable() });
export type PresentPerson = Readonly<z.infer<typeof presentPerson>>;

/**
 * What the server says over the WebSocket: that there is something to pull, and, to a device that has said
 * what plan it has open, who else has it open now. It is the whole list each time (SPEC W1).
 */
export const liveMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('news') }),
  z.object({ type: z.literal('here'), caseId: idSchema, people: z.array(presentPerson) }),
]);
export type LiveMessage = z.infer<typeof liveMessage>;
export type HereMessage = Extract<LiveMessage, { readonly type: 'here' }>;

/** What a device says: that it has a plan open, anew every `sayEveryMs`; or that it has closed it. */
export const liveSaying = z.object({
  type: z.literal('here'),
  caseId: idSchema,
  open: z.boolean(),
  part: writtenPart.nullable(),
});
export type LiveSaying = Readonly<z.infer<typeof liveSaying>>;

/** How a device and the server keep each other told of who is here (SPEC W3, W5). */
export const presence = {
  sayEveryMs: 20_000,
  /** So long it holds without being said again. */
  livesMs: 45_000,
  /** Plans that one line may have open; a further one takes the place of the one said longest ago. */
  plansOfLine: 8,
  /** Sayings that a line may make at once, and one more each second. */
  sayingsAtOnce: 30,
  /** Others told of at one plan. */
  peopleTold: 50,
} as const;
