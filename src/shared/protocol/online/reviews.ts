import { z } from 'zod';
import { idSchema } from '#shared/domain/ids.ts';
import { lineText } from '#shared/domain/text.ts';
import { forEverybody } from './online-call.ts';

const value = z.record(z.string(), z.unknown());

/** Work that arrived after its author's right had ended, for the named reviewer (custodian, else the unit's lead). */
export const reviewCalls = {
  'reviews.list': forEverybody(
    z.strictObject({}),
    z.object({
      rows: z.array(
        z.object({
          changeId: idSchema,
          caseId: idSchema,
          clientName: z.string(),
          recordId: idSchema,
          kind: z.string(),
          group: z.string(),
          compartment: z.string(),
          value,
          authorId: idSchema,
          profession: z.string(),
          /** When it was written and when it came; milliseconds since 1970, UTC. */
          writtenMs: z.number(),
          receivedMs: z.number(),
          /** What the plan says there now: the values of the group's heads. */
          current: z.array(z.object({ value, authorId: idSchema, profession: z.string() })),
        }),
      ),
    }),
  ),
  'reviews.decide': forEverybody(
    z.strictObject({
      changeId: idSchema,
      decision: z.enum(['accepted', 'returned']),
      /** Told to the author; a return needs one. */
      reason: lineText,
    }),
    z.object({}),
  ),
} as const;
