import { z } from 'zod';
import { idSchema, type Id } from '#shared/domain/ids.ts';

/**
 * Where a device's pull stands. Devices keep it as an opaque text. `page` names the page that ended with
 * it: when it comes back, what that page carried is known to have been taken (SPEC L4).
 */
const cursorSchema = z.strictObject({
  epoch: idSchema,
  device: idSchema,
  seq: z.int().min(0),
  page: z.string().regex(/^[0-9a-f]{16}$/u),
});
export type Cursor = z.infer<typeof cursorSchema>;

export const writeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify(cursor), 'utf8').toString('base64url');

/**
 * The cursor that a device gives, or null when it is not one of ours for this device in this epoch, or
 * names a number that has not been given yet (SPEC L2).
 */
export const readCursor = (
  text: string,
  now: { readonly epoch: Id; readonly deviceId: Id; readonly highWater: number },
): Cursor | null => {
  let raw: unknown;
  try {
    raw = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
  const cursor = cursorSchema.safeParse(raw);
  if (!cursor.success) return null;
  const { epoch, device, seq } = cursor.data;
  return epoch === now.epoch && device === now.deviceId && seq <= now.highWater
    ? cursor.data
    : null;
};
