import { newId } from '#shared/domain/ids.ts';
import { rekeyText } from '#shared/protocol/session.ts';
import { noSteps } from '#shared/sync/steps.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { withTransaction } from '#main/db/handles.ts';
import { writeDeviceId } from '#main/db/queries/file-identity.ts';
import { readState, writeState } from '#main/db/queries/sync-state.ts';
import { beginChainAnew } from '#main/db/queries/use-log.ts';
import type { StorageProblem } from '#main/db/storage-problem.ts';
import { pullFromBeginning, signWaitingAnew } from '../syncing/begin-anew.ts';
import { newDeviceKey, signerOf } from './device-key.ts';
import type { OpenDesk } from './open-desk.ts';

/**
 * This case file is one of two copies: it goes on as a device of its own, with a new id and key (SPEC I3).
 * One transaction: what waits is signed anew in its order, the looks that the region has not got begin a
 * chain of their own, and the pull begins anew. The old key signs the new one, by which the region knows
 * whose copy it is (I4). The session's tokens stay until the region has answered that.
 *
 * Nothing else may work with the old desk meanwhile: the sync thread has ended.
 */
export const rekey = ({ desk, file }: OpenDesk): Result<OpenDesk, StorageProblem> => {
  const atMs = desk.now();
  const key = newDeviceKey();
  const deviceId = newId(atMs, desk.randomBytes);
  const renewed = { ...desk, deviceId, sign: signerOf(key.privateKey) };
  const done = withTransaction(desk.db, (db) => {
    const oldKey = readState(db, 'deviceKey');
    if (oldKey === null) throw new Error('The case file has lost its key');
    const signature = signerOf(oldKey)(rekeyText({ id: deviceId, publicKey: key.publicKey }));
    writeState(db, 'replaces', { id: desk.deviceId, signature });
    writeState(db, 'deviceKey', key.privateKey);
    writeDeviceId(db, deviceId);
    writeState(db, 'deviceSteps', noSteps);
    writeState(db, 'renewal', null);
    writeState(db, 'deviceRekeyed', { atMs });
    beginChainAnew(db, deviceId);
    signWaitingAnew(renewed);
    pullFromBeginning(renewed);
    writeState(db, 'dropAtFirstPage', true);
  });
  if (!done.ok) return err(done.error);
  return ok({ desk: renewed, file: { ...file, identity: { ...file.identity, deviceId } } });
};
