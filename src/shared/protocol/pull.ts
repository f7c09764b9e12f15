import { z } from 'zod';
import { absenceSchema, personSchema, unitSchema } from '#shared/domain/directory.ts';
import { idSchema } from '#shared/domain/ids.ts';
import { changeSchema } from '#shared/domain/change.ts';
import { grantSchema } from './grant.ts';
import { regionKeySchema } from './left-text.ts';
import { receiptSchema } from './push.ts';
import { stepSchema } from './step.ts';
import { limits } from './version.ts';

/** One client's part in one compartment: the unit of what a device may hold. */
export const scopeSchema = z.object({ caseId: idSchema, compartment: z.string().max(60) });
export type Scope = z.infer<typeof scopeSchema>;

/** A change that the device could not take, or over which the server stumbled: content-free. */
const setAsideSchema = z.object({
  changeId: idSchema.nullable(),
  caseId: idSchema.nullable(),
  code: z.string().regex(/^[a-z-]{1,40}$/u),
});
export type SetAsideReport = z.infer<typeof setAsideSchema>;

export const pullRequest = z.object({
  protocol: z.int(),
  step: stepSchema.optional(),
  /** Names this beginning of the pull: a device that begins anew makes a new one (SPEC L4, L5). */
  begun: idSchema,
  /** Opaque; null at first. */
  cursor: z.string().max(2_000).nullable(),
  /** Changes sent whose receipts have not come yet. */
  awaiting: z.array(idSchema).max(limits.receiptsAsked),
  /** What earlier pages said leaves and the device has erased. */
  erased: z.array(scopeSchema).max(limits.erasedReported),
  /** The revision of the directory that the device holds; 0 for none. */
  directoryRevision: z.int().min(0),
  /** What is set aside on the device; left out by version 2 (SPEC N9). */
  setAside: z.array(setAsideSchema).max(limits.setAsideReported).optional(),
});
export type PullRequest = z.infer<typeof pullRequest>;

/** A stored change as a device receives it; `seq` orders the region's log. */
export const storedChangeSchema = z.object({ seq: z.int(), change: changeSchema });
export type StoredChange = z.infer<typeof storedChangeSchema>;

export const pullResponse = z.object({
  epoch: idSchema,
  /** The region's highest sequence number when the page was made. */
  highWater: z.int(),
  /** How far the log has been given with this page. */
  through: z.int(),
  /** New changes and the heads of what enters, to be applied in this order. */
  changes: z.array(storedChangeSchema),
  /** What this page completes entering. */
  entered: z.array(scopeSchema),
  /** Why the device holds what it holds, where that is new or has changed; repeated until the page is confirmed. */
  grants: z.array(grantSchema),
  /** What to erase; repeated until the device reports it as erased. */
  left: z.array(scopeSchema),
  /** Over `leftText`, by the region's key, base64url; where something leaves, from version 3 on (SPEC B3). */
  leftSignature: z.string().max(120).optional(),
  /** The region's public key, raw Ed25519, base64url; from version 3 on. */
  regionKey: regionKeySchema.optional(),
  receipts: z.array(receiptSchema),
  directory: z
    .object({
      revision: z.int(),
      units: z.array(unitSchema),
      people: z.array(personSchema),
      /** Present and coming absences; of the clients handed over only the number is told to others. */
      absences: z.array(absenceSchema),
    })
    .nullable(),
  cursor: z.string(),
  more: z.boolean(),
  /** Clients that still wait to enter after this page: for the progress of a first sync. */
  entering: z.int().min(0),
});
export type PullResponse = z.infer<typeof pullResponse>;
