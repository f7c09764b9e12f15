import { ok } from '#shared/lib/result.ts';
import type { deviceOnlineCalls } from '#shared/protocol/online/devices.ts';
import type { HandlersOf } from '../online/online-handlers.ts';
import { listDevices } from './devices.ts';

/** More than anybody works on; the ones seen last. */
const mostDevices = 20;

export const ownDeviceHandlers: HandlersOf<keyof typeof deviceOnlineCalls> = {
  'devices.mine': async ({ db, person, now }) => {
    const devices = await listDevices(
      db,
      { personId: person.id, withRevoked: false, limit: mostDevices, offset: 0 },
      now(),
    );
    return ok({
      rows: devices.map(({ id, name, createdAt, lastSeenAt, signedIn }) => ({
        id,
        name,
        createdMs: createdAt.getTime(),
        lastSeenMs: lastSeenAt.getTime(),
        signedIn,
      })),
    });
  },
};
