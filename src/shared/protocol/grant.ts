import { z } from 'zod';
import { idSchema } from '#shared/domain/ids.ts';

/**
 * Why a device holds a scope, as the server decided it: the device shows it as the ground, lets write
 * accordingly, and closes the scope by the clock when it ends, network or not.
 */
export const grantSchema = z.object({
  caseId: idSchema,
  compartment: z.string().max(60),
  basis: z.enum(['relation', 'joint-service', 'permission', 'statutory', 'confirmation']),
  relation: z.enum(['team', 'student', 'external', 'round', 'absence', 'opening', 'emergency']),
  role: z.string().max(40),
  basisId: idSchema.nullable(),
  writes: z.boolean(),
  manages: z.boolean(),
  /** Milliseconds since 1970, UTC; no longer included. Null: no end in sight. */
  untilMs: z.number().nullable(),
});
export type Grant = Readonly<z.infer<typeof grantSchema>>;
