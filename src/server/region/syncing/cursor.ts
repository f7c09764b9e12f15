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
  /** Clients still enter after this page. */
  entering: z.literal(true).optional(),
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
  const cursor = parsed(text);
  if (!cursor) return null;
  const { epoch, device, seq } = cursor;
  return epoch === now.epoch && device === now.deviceId && seq <= now.highWater ? cursor : null;
};

/** Whether the page that ended with this cursor left clients to enter; by the cursor's own word alone. */
export const isEntering = (text: string): boolean => parsed(text)?.entering === true;

const parsed = (text: string): Cursor | null => {
  try {
    const cursor = cursorSchema.safeParse(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    );
    return cursor.success ? cursor.data : null;
  } catch {
    return null;
  }
};
