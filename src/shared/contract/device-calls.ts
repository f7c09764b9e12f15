import { z } from 'zod';
import { idSchema } from '#shared/domain/ids.ts';
import { call, nothing } from './call.ts';

const moment = z.number();

/** What this computer's case file is, and what its last work with the region was. */
export const deviceCalls = {
  'device.about': call(
    nothing,
    z.object({
      deviceId: idSchema,
      name: z.string(),
      regionName: z.string().nullable(),
      /** When the case file was made here. */
      madeMs: moment,
      /** Clients of whom something lies here. */
      clients: z.int(),
      fileBytes: z.int(),
      /** Own changes that the region has stored, the newest first; a name only where the client is open here. */
      receipts: z.array(
        z.object({
          atMs: moment,
          kind: z.string(),
          group: z.string(),
          clientName: z.string().nullable(),
        }),
      ),
    }),
  ),
  /** When the region stored each of these own changes; what waits, or was stored long ago, is left out. */
  'device.receipts': call(
    z.strictObject({ changeIds: z.array(idSchema).max(50) }),
    z.object({ receipts: z.array(z.object({ changeId: idSchema, atMs: moment })) }),
  ),
  /** For support: versions, numbers, times and codes. Nothing of clients, and nothing that anybody wrote. */
  'device.report': call(
    nothing,
    z.object({
      madeAt: z.string(),
      program: z.object({ version: z.string(), protocol: z.int(), schema: z.int() }),
      machine: z.object({ system: z.string(), node: z.string(), sqlite: z.string() }),
      device: z.object({ id: idSchema, name: z.string(), madeAt: z.string() }),
      region: z.object({ name: z.string().nullable(), epoch: idSchema.nullable() }),
      file: z.object({ version: z.int(), bytes: z.int(), walBytes: z.int() }),
      counts: z.record(z.string(), z.int()),
      /** Changes that are not taken, by the region's code. */
      refused: z.record(z.string(), z.int()),
      sync: z.object({
        state: z.string(),
        problem: z.string().nullable(),
        lastCompletePull: z.string().nullable(),
        oldestWaiting: z.string().nullable(),
        leaseUntil: z.string().nullable(),
      }),
      /** What went wrong since the program was unlocked, the newest first. */
      troubles: z.array(z.object({ at: z.string(), problem: z.string() })),
    }),
  ),
  /** Stops a first fetch after the page in hand, or lets it go on; what is written here goes out all the same. */
  'sync.hold': call(z.strictObject({ held: z.boolean() }), nothing),
} as const;
