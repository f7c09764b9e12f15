import type { DeviceIntroduction } from '#shared/protocol/session.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import { readDeviceId } from '#main/db/queries/file-identity.ts';
import { readState } from '#main/db/queries/sync-state.ts';
import { publicKeyOf } from './device-key.ts';

/**
 * How an open case file introduces itself to the region, with the device that it goes on from for as long as
 * the region has not answered (SPEC I5).
 */
export const introductionOf = (db: ReadableDb, deviceName: string): DeviceIntroduction => {
  const key = readState(db, 'deviceKey');
  if (key === null) throw new Error('The case file has lost its key');
  const replaces = readState(db, 'replaces');
  return {
    id: readDeviceId(db),
    publicKey: publicKeyOf(key),
    name: deviceName,
    ...(replaces === null ? {} : { replaces }),
  };
};
