import { z } from 'zod';
import { idSchema } from '#shared/domain/ids.ts';
import { forEverybody } from './online-call.ts';

export const deviceOnlineCalls = {
  /** The asker's own devices that are in use, the one seen last first. Times are milliseconds since 1970, UTC. */
  'devices.mine': forEverybody(
    z.strictObject({}),
    z.object({
      rows: z.array(
        z.object({
          id: idSchema,
          name: z.string(),
          createdMs: z.number(),
          lastSeenMs: z.number(),
          signedIn: z.boolean(),
        }),
      ),
    }),
  ),
} as const;
