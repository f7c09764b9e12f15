import { z } from 'zod';
import { idSchema } from '#shared/domain/ids.ts';
import { stepSchema } from './step.ts';
import { limits } from './version.ts';

/** Why a change was refused (SPEC G4–G6, U4–U6). */
export const refusalCodes = [
  'no-access',
  /** May be read but not written: the other register's, or a role that only reads. */
  'read-only',
  'not-the-author',
  'bad-signature',
  'bad-change',
  'bad-value',
  'unknown-kind',
  'id-taken',
  'foreign-parent',
  'append-only',
  'identity-of-record',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** What became of a change: content-free, so it may be told whatever the device's rights are now. */
export const receiptSchema = z.discriminatedUnion('verdict', [
  z.object({ changeId: idSchema, verdict: z.literal('stored'), seq: z.int() }),
  z.object({ changeId: idSchema, verdict: z.literal('review') }),
  /** Reviewed and not taken into the plan; the text stays with the region. */
  z.object({
    changeId: idSchema,
    verdict: z.literal('returned'),
    reason: z.string(),
    atMs: z.number(),
    reviewerId: idSchema,
  }),
  z.object({ changeId: idSchema, verdict: z.literal('refused'), code: z.enum(refusalCodes) }),
]);
export type Receipt = z.infer<typeof receiptSchema>;

/**
 * The outbox in its order. Each entry is checked on its own (`sentChangeSchema`), so that one bad change
 * does not stop the others (U2); the envelope only asks that it can be named.
 */
export const pushRequest = z.object({
  protocol: z.int(),
  step: stepSchema.optional(),
  changes: z
    .array(z.looseObject({ change: z.looseObject({ id: idSchema }) }))
    .min(1)
    .max(limits.pushChanges),
});
export type PushRequest = z.infer<typeof pushRequest>;

export const pushResponse = z.object({
  epoch: idSchema,
  /** The region's highest sequence number when the receipts were written. */
  highWater: z.int(),
  receipts: z.array(receiptSchema),
});
export type PushResponse = z.infer<typeof pushResponse>;
