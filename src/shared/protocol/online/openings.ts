import { z } from 'zod';
import { idSchema } from '#shared/domain/ids.ts';
import { lineText } from '#shared/domain/text.ts';
import { forEverybody } from './online-call.ts';

const reason = lineText.trim().min(1, 'reason-missing');

const opened = z.object({
  openingId: idSchema,
  kind: z.enum(['ground', 'emergency', 'confirmation']),
  /** Milliseconds since 1970, UTC. */
  untilMs: z.number(),
});

/** Finding a client who is not on the device, and opening one on a ground. */
export const openingCalls = {
  /** The look-up itself is logged for the client before the answer is given. */
  'clients.find': forEverybody(
    z.strictObject({ personalIdentityCode: z.string().max(20) }),
    z.object({
      found: z
        .object({
          caseId: idSchema,
          familyName: z.string(),
          givenNames: z.string(),
          birthDate: z.string().nullable(),
          restraintOnDisclosure: z.boolean(),
          /** `open`: a right exists; `ground`: opens on a ground; `own-record`: never by oneself. */
          access: z.enum(['open', 'ground', 'own-record']),
        })
        .nullable(),
    }),
  ),
  /** On a ground of `resources/rules/opening-grounds.json`; emergencies are flagged to the privacy officer. */
  'clients.openOnGround': forEverybody(
    z.strictObject({ caseId: idSchema, ground: z.string().max(60), reason }),
    opened,
  ),
  /** Specially protected parts of a client whom one may see otherwise (703/2023 26 §). */
  'clients.confirmProtected': forEverybody(
    z.strictObject({
      caseId: idSchema,
      compartments: z.array(z.string().max(60)).min(1).max(20),
      ground: z.string().max(60),
      reason,
    }),
    opened,
  ),
  /** Protected parts that exist for the client and that a confirmation would open for the asker. */
  'clients.protectedParts': forEverybody(
    z.strictObject({ caseId: idSchema }),
    z.object({ compartments: z.array(z.string()) }),
  ),
  'clients.endOpening': forEverybody(z.strictObject({ openingId: idSchema }), z.object({})),
} as const;
