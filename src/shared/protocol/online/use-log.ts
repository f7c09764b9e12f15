import { z } from 'zod';
import { civilDateSchema } from '#shared/domain/civil-date.ts';
import { idSchema } from '#shared/domain/ids.ts';
import { lineText } from '#shared/domain/text.ts';
import { useEntrySchema } from '#shared/domain/use-log/entry.ts';
import { forDuty, forEverybody } from './online-call.ts';

const span = { from: civilDateSchema, to: civilDateSchema };
const page = { offset: z.int().min(0), limit: z.int().min(1).max(500) };

/**
 * An entry with the names that a reader needs, as they are now, and when the region got it: by that the
 * reader sees where the writer's clock was wrong or the entry came late.
 */
const namedEntry = useEntrySchema.extend({
  personName: z.string(),
  unitName: z.string(),
  receivedMs: z.number(),
});

const pageOfEntries = z.object({ total: z.int(), rows: z.array(namedEntry) });

/** Whether the log is whole: every chain and block recomputed and held against the anchors. */
const soundness = z.object({
  checkedEntries: z.int(),
  problems: z.array(
    z.object({ code: z.string(), register: z.string(), month: z.string(), place: z.string() }),
  ),
});

/** Reading the log of use. Each reading is itself an entry. */
export const useLogCalls = {
  'log.own': forEverybody(z.strictObject({ ...span, ...page }), pageOfEntries),
  /** For a client's own request (703/2023 11 §): the custodian or the privacy officer reads and prints it. */
  'log.client': forEverybody(
    z.strictObject({ caseId: idSchema, ...span, ...page, request: lineText }),
    pageOfEntries.extend({
      client: z.object({ familyName: z.string(), givenNames: z.string() }),
    }),
  ),
  'log.emergencies': forDuty('privacy-officer')(
    z.strictObject({ ...span, onlyOpen: z.boolean() }),
    z.object({
      rows: z.array(
        z.object({
          openingId: idSchema,
          kind: z.enum(['ground', 'emergency', 'confirmation']),
          personId: idSchema,
          caseId: idSchema,
          clientName: z.string(),
          ground: z.string(),
          reason: z.string(),
          fromMs: z.number(),
          untilMs: z.number(),
          endedMs: z.number().nullable(),
          offline: z.boolean(),
          /** Looks made while it was open. */
          looks: z.int(),
          reviewedBy: idSchema.nullable(),
          reviewedMs: z.number().nullable(),
          reviewNote: z.string(),
        }),
      ),
    }),
  ),
  'log.reviewEmergency': forDuty('privacy-officer')(
    z.strictObject({ openingId: idSchema, note: lineText.trim().min(1, 'required') }),
    z.object({}),
  ),
  /** Looks without a relation at the time, and patterns that ask for a question. */
  'log.unusual': forDuty('privacy-officer')(
    z.strictObject(span),
    z.object({
      rows: z.array(
        z.object({
          pattern: z.enum(['no-relation', 'many-clients', 'at-night', 'same-name', 'colleague']),
          personId: idSchema,
          caseId: idSchema.nullable(),
          clientName: z.string(),
          count: z.int(),
          firstMs: z.number(),
          lastMs: z.number(),
        }),
      ),
    }),
  ),
  'log.verify': forDuty('privacy-officer', 'administrator')(z.strictObject(span), soundness),
} as const;
