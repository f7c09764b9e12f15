import { z } from 'zod';
import { idSchema } from '#shared/domain/ids.ts';
import { forDuty, forEverybody } from './online-call.ts';

/** What the region knows beyond what lies on a device, by the same rights. */
export const historyCalls = {
  /** Every version of one group of a record, the newest first. */
  'history.group': forEverybody(
    z.strictObject({ caseId: idSchema, recordId: idSchema, group: z.string().max(40) }),
    z.object({
      versions: z.array(
        z.object({
          changeId: idSchema,
          value: z.record(z.string(), z.unknown()),
          parents: z.array(idSchema),
          authorId: idSchema,
          profession: z.string(),
          timeMs: z.number(),
        }),
      ),
    }),
  ),
  /** How many clients each unit has, for those who lead or administer; small numbers are not told. */
  'statistics.caseload': forDuty('unit-lead', 'administrator')(
    z.strictObject({}),
    z.object({
      rows: z.array(
        z.object({
          unitId: idSchema,
          /** Null when fewer than five: a number must not tell of a person. */
          clients: z.int().nullable(),
          withoutCustodian: z.int().nullable(),
        }),
      ),
    }),
  ),
} as const;
