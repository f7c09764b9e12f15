import { z } from 'zod';
import { idSchema } from '#shared/domain/ids.ts';
import { useEntrySchema } from '#shared/domain/use-log/entry.ts';
import { stepSchema } from './step.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/u);

/** An entry in its device's chain: `hash` covers number, the hash before, and the entry. */
export const chainedEntrySchema = z.object({
  no: z.int().min(1),
  prev: hash,
  hash,
  entry: useEntrySchema,
});
export type ChainedEntry = Readonly<z.infer<typeof chainedEntrySchema>>;

/** An emergency opened without a network; it is told with the log and cannot be taken back. */
export const offlineOpeningSchema = z.object({
  id: idSchema,
  caseId: idSchema,
  ground: z.string().max(60),
  reason: z.string().max(2_000),
  fromMs: z.int(),
  untilMs: z.int(),
  endedMs: z.int().nullable(),
});
export type OfflineOpening = Readonly<z.infer<typeof offlineOpeningSchema>>;

/** `POST /v1/use-log`: a device's entries in their order, signed at the last one's hash. */
export const useLogRequest = z.object({
  protocol: z.int(),
  step: stepSchema.optional(),
  entries: z.array(chainedEntrySchema).max(1_000),
  /** Ed25519 over the last entry's hash by the device's key, base64url; empty without entries. */
  signature: z.string().max(120),
  openings: z.array(offlineOpeningSchema).max(100),
});
export type UseLogRequest = z.infer<typeof useLogRequest>;

export const useLogResponse = z.object({
  /** The last number that the region holds of this device's chain, and its hash. */
  through: z.int().min(0),
  hash,
  /** Offline openings that the region holds now. */
  openings: z.array(idSchema),
});
export type UseLogResponse = z.infer<typeof useLogResponse>;

export { chainStart } from '#shared/domain/use-log/chain.ts';
