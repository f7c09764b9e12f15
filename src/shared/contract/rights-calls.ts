import { z } from 'zod';
import { valueSchema } from '#shared/domain/change.ts';
import { idSchema } from '#shared/domain/ids.ts';
import { outsiders } from '#shared/domain/meetings/shown.ts';
import { permissionKinds } from '#shared/domain/records/permission.ts';
import { lineText } from '#shared/domain/text.ts';
import { call, nothing } from './call.ts';
import { clientView, grantPart } from './views.ts';

const onePart = z.object({ personId: idSchema, compartment: z.string() });

/** Who may see what, why, and the openings that need no network. All of it works offline. */
export const rightsCalls = {
  /** Who sees which part of the client today, and why: everybody related to the client, by this device's knowledge. */
  'access.who': call(
    z.strictObject({ caseId: idSchema }),
    z.object({
      compartments: z.array(z.string()),
      people: z.array(
        z.object({
          personId: idSchema,
          relation: z.string(),
          role: z.string(),
          parts: z.array(
            z.discriminatedUnion('allowed', [
              grantPart.extend({ allowed: z.literal(true) }),
              z.object({
                allowed: z.literal(false),
                compartment: z.string(),
                because: z.string(),
              }),
            ]),
          ),
        }),
      ),
    }),
  ),
  /**
   * What a screen may show to all who are at a meeting, by this device's knowledge. Written to the log of use
   * for each of the staff present before it answers, offline too.
   */
  'meetings.show': call(
    z.strictObject({
      caseId: idSchema,
      meetingId: idSchema,
      personIds: z.array(idSchema).max(100),
      others: z.array(z.enum(outsiders)).max(100),
    }),
    z.object({ compartments: z.array(z.string()) }),
  ),
  /** What recording, changing or ending this would open and close, before it is written. `value` null: removed. */
  'access.preview': call(
    z.strictObject({
      caseId: idSchema,
      kind: z.enum([...permissionKinds, 'membership']),
      recordId: idSchema,
      value: valueSchema.nullable(),
    }),
    z.object({
      opens: z.array(grantPart.extend({ personId: idSchema })),
      closes: z.array(onePart.extend({ because: z.string() })),
      /** What the recorder should know: `over-joint-service`, `already-over`, `begins-later`, `after-last-day`, `nobody-concerned`. */
      notes: z.array(z.string()),
    }),
  ),
  /** Uncovers contact details under a restraint on disclosure; logged before it answers. */
  'clients.revealContact': call(z.strictObject({ caseId: idSchema }), clientView),
  /** Emergency access without a network: only a client whose data lies here, for an hour, told at the next contact. */
  'emergency.openHere': call(
    z.strictObject({
      caseId: idSchema,
      ground: z.string().max(60),
      reason: lineText.trim().min(1, 'reason-missing'),
    }),
    z.object({ openingId: idSchema, untilMs: z.number() }),
  ),
  'emergency.end': call(z.strictObject({ openingId: idSchema }), nothing),
  /** Clients whose data lies here but whose rights have ended by the clock, by the exact personal identity code. */
  'emergency.findHere': call(
    z.strictObject({ personalIdentityCode: z.string().max(20) }),
    z.object({ found: z.object({ caseId: idSchema, clientName: z.string() }).nullable() }),
  ),
  /** What is open on a ground now, for the line on the screen that tells the time left. */
  'openings.active': call(
    nothing,
    z.object({
      rows: z.array(
        z.object({
          openingId: idSchema,
          caseId: idSchema,
          clientName: z.string(),
          kind: z.enum(['ground', 'emergency', 'confirmation']),
          untilMs: z.number(),
          /** Opened here without a network and not yet told to the region. */
          untold: z.boolean(),
        }),
      ),
    }),
  ),
  /** A print or an export is logged before it is made; without an answer nothing may be printed. */
  'uses.note': call(
    z.strictObject({
      caseId: idSchema,
      action: z.enum(['print', 'export']),
      screen: z.string().max(60),
    }),
    nothing,
  ),
  /** Own entries of the log that the region does not have yet. */
  'uses.unsent': call(nothing, z.object({ count: z.int(), oldestMs: z.number().nullable() })),
  /** Work of one's own that the region took in for review after the right had ended, and what became of it. */
  'sync.reviewed': call(
    nothing,
    z.object({
      rows: z.array(
        z.object({
          changeId: idSchema,
          state: z.enum(['review', 'accepted', 'returned']),
          takenMs: z.number(),
          decidedMs: z.number().nullable(),
          reviewerId: idSchema.nullable(),
          reason: z.string(),
        }),
      ),
    }),
  ),
  'sync.dismissReviewed': call(z.strictObject({ changeId: idSchema }), nothing),
} as const;
