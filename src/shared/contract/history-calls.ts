import { z } from 'zod';
import { valueSchema } from '#shared/domain/change.ts';
import { civilDateSchema } from '#shared/domain/civil-date.ts';
import { idSchema } from '#shared/domain/ids.ts';
import { call } from './call.ts';
import { clientView } from './views.ts';

/** One version of a group. Times are milliseconds since 1970, UTC. */
export const historyVersion = z.object({
  changeId: idSchema,
  recordId: idSchema,
  kind: z.string(),
  compartment: z.string(),
  group: z.string(),
  value: valueSchema,
  authorId: idSchema,
  profession: z.string(),
  /** When it was written, by the writer's own computer. */
  timeMs: z.number(),
  /** When the region received it; null while this device has not been told. */
  receivedMs: z.number().nullable(),
  /** The region's sequence number; null until the region has it. */
  seq: z.int().nullable(),
  /** What it took the place of; empty for the first version. */
  replaced: z.array(z.object({ changeId: idSchema, value: valueSchema })),
});
export type HistoryVersion = z.infer<typeof historyVersion>;

/** Where the answer comes from, and what it lacks. */
const told = {
  /** `here`: from this device alone; `region`: something of it was asked of the region and not kept. */
  source: z.enum(['here', 'region']),
  /** Open parts whose history is neither here nor could be asked. */
  missing: z.array(z.string()),
  /** Contact details are left out under a restraint on disclosure until they are asked for. */
  contactCovered: z.boolean(),
};

const names = z.string().max(60).nullable();

/** What the timeline is narrowed to; null: everything. Days are Finnish, both included. */
export const historyFilter = z.strictObject({
  personId: idSchema.nullable(),
  profession: names,
  kind: names,
  from: civilDateSchema.nullable(),
  to: civilDateSchema.nullable(),
  /** Words of the versions, compared as search compares them. */
  query: z.string().max(200),
});
export type HistoryFilter = z.infer<typeof historyFilter>;

/**
 * What was, for those who may see what is: only the parts that are open now. Each look is logged before its
 * answer, offline too. `region-offline` when nothing of it is here and the region cannot be asked.
 */
export const historyCalls = {
  /** Every version of one group of a record, the newest first. */
  'history.group': call(
    z.strictObject({ caseId: idSchema, recordId: idSchema, group: z.string().max(40) }),
    z.object({ versions: z.array(historyVersion), ...told }),
  ),
  /** A client's versions, the newest first, a page at a time. */
  'history.client': call(
    z.strictObject({
      caseId: idSchema,
      filter: historyFilter,
      /** The page begins below this sequence number; null for the newest. */
      before: z.int().nullable(),
      limit: z.int().min(1).max(200),
    }),
    z.object({
      versions: z.array(historyVersion),
      /** Where the next page begins; null when this was the last. */
      next: z.int().nullable(),
      /** With the first page: who has written here and what, to choose among. */
      choices: z
        .object({
          authors: z.array(z.object({ personId: idSchema, profession: z.string() })),
          kinds: z.array(z.string()),
        })
        .nullable(),
      ...told,
    }),
  ),
  /** The client as the region knew it at the end of a day in Finland. Own unsent writing does not count. */
  'history.asOf': call(
    z.strictObject({ caseId: idSchema, date: civilDateSchema }),
    z.object({
      view: clientView,
      /** What the region received after this moment is not in it, though the day had not ended; else null. */
      knownUntilMs: z.number().nullable(),
      ...told,
    }),
  ),
} as const;
