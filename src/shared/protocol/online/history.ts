import { z } from 'zod';
import { idSchema } from '#shared/domain/ids.ts';
import { storedChangeSchema } from '../pull.ts';
import { forDuty, forEverybody } from './online-call.ts';

const compartments = z.array(z.string().max(60)).max(60);

/** A change of the region's log, with when the region received it: milliseconds since 1970, UTC. */
export const loggedChangeSchema = storedChangeSchema.extend({ receivedMs: z.number() });
export type LoggedChange = Readonly<z.infer<typeof loggedChangeSchema>>;

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
          receivedMs: z.number(),
          schema: z.int(),
          /** Its number in the region's log. */
          seq: z.int(),
        }),
      ),
    }),
  ),
  /**
   * A page of a client's whole log within the parts asked for, the oldest first (SPEC Y1). `keep`: for a
   * device that holds the parts, to lie there; `look`: to be shown and forgotten.
   */
  'history.client': forEverybody(
    z.strictObject({
      caseId: idSchema,
      purpose: z.enum(['keep', 'look']),
      compartments: compartments.min(1),
      /** The sequence number after which the page begins; 0 for the beginning. */
      after: z.int().min(0),
    }),
    z.object({
      epoch: idSchema,
      /** The region's clock when it answered: milliseconds since 1970, UTC. */
      atMs: z.number(),
      /** The parts of those asked for that the answer is about. */
      compartments,
      versions: z.array(loggedChangeSchema),
      /** How far the log has been given with this page. */
      through: z.int(),
      more: z.boolean(),
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
