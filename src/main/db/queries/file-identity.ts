import type { Id } from '#shared/domain/ids.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';

/** The device that this case file is, as the region knows it. Another one after it turned out to be copied. */
export const readDeviceId = (db: ReadableDb): Id => {
  const id = db.value<Id>('SELECT device_id FROM file_identity');
  if (id === undefined) throw new Error('The case file has lost its identity');
  return id;
};

export const writeDeviceId = (db: WritableDb, deviceId: Id): void => {
  db.run('UPDATE file_identity SET device_id = ?', [deviceId]);
};

/** Whose case file it is. */
export const readPersonId = (db: ReadableDb): Id => {
  const id = db.value<Id>('SELECT person_id FROM file_identity');
  if (id === undefined) throw new Error('The case file has lost its identity');
  return id;
};
