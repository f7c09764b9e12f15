import { z } from 'zod';
import { civilDateSchema } from '#shared/domain/civil-date.ts';
import { absenceSchema } from '#shared/domain/directory.ts';
import { idSchema } from '#shared/domain/ids.ts';
import { forEverybody } from './online-call.ts';

/** Absences: one's own, and those of one's unit for its lead; all for an administrator. */
export const absenceCalls = {
  'absences.list': forEverybody(
    z.strictObject({}),
    z.object({
      rows: z.array(
        absenceSchema.extend({
          /** Responsibilities of the absent person that nobody covers during the absence. */
          uncovered: z.int(),
          clients: z.int(),
          mayChange: z.boolean(),
        }),
      ),
      /** Whose absences the asker may record. */
      personIds: z.array(idSchema),
    }),
  ),
  'absences.save': forEverybody(
    z.strictObject({
      /** Null for a new one. */
      id: idSchema.nullable(),
      personId: idSchema,
      deputyId: idSchema.nullable(),
      validFrom: civilDateSchema,
      validTo: civilDateSchema,
      caseIds: z.array(idSchema).max(5_000).nullable(),
    }),
    z.object({ id: idSchema }),
  ),
  /** Ends one that has begun today, or removes one that has not begun. */
  'absences.end': forEverybody(z.strictObject({ id: idSchema }), z.object({})),
  /** What the absent person answers for and nobody steps in to, by client. */
  'absences.uncovered': forEverybody(
    z.strictObject({ id: idSchema }),
    z.object({
      rows: z.array(
        z.object({
          caseId: idSchema,
          clientName: z.string(),
          recordId: idSchema,
          kind: z.enum(['action', 'custodian']),
          title: z.string(),
        }),
      ),
    }),
  ),
} as const;
