import { randomBytes, randomInt } from 'node:crypto';
import { hostname } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { assertNever } from '#shared/lib/assert-never.ts';
import { openSecondConnection } from '#main/db/file/case-file.ts';
import { readState } from '#main/db/queries/sync-state.ts';
import type { Desk } from '../desk.ts';
import { signerOf } from '../session/device-key.ts';
import { httpRegionClient } from './http-region-client.ts';
import { scrubErased } from './scrub-erased.ts';
import { retrySetAside } from './set-aside-changes.ts';
import { startSyncLoop, type SyncLoop } from './sync-loop.ts';
import type { FromWorker, ToWorker, WorkerStart } from './worker-messages.ts';

// The thread in which sync works: its own connection, short transactions, so that a screen opens as fast
// during a first sync as after it.

const tell = (message: FromWorker): void => parentPort?.postMessage(message);

const end = async (loop: SyncLoop, closeConnection: () => void): Promise<void> => {
  const stopped = loop.stop();
  ending.abort();
  await stopped;
  closeConnection();
  start.key.fill(0);
  parentPort?.close();
};

const ending = new AbortController();
const start = workerData as WorkerStart;
const opened = openSecondConnection(start);
const deviceKey = opened.ok ? readState(opened.value.db, 'deviceKey') : null;

if (!opened.ok || deviceKey === null) {
  tell({ type: 'failed', problem: opened.ok ? 'no-device-key' : opened.error.kind });
} else {
  // Erasing that the program's end interrupted is ended first, network or not.
  const scrubbed = scrubErased({ db: opened.value.db, now: Date.now });
  if (!scrubbed.ok) tell({ type: 'failed', problem: `storage-${scrubbed.error.kind}` });
  const desk: Desk = {
    db: opened.value.db,
    person: start.person,
    deviceId: start.deviceId,
    sign: signerOf(deviceKey),
    now: Date.now,
    randomBytes: (length) => randomBytes(length),
  };
  // A newer program may read what an older one could not (SPEC N4).
  const retried = retrySetAside(desk);
  if (!retried.ok) tell({ type: 'failed', problem: `storage-${retried.error.kind}` });
  else if (retried.value.read > 0) tell({ type: 'read-anew', caseIds: retried.value.caseIds });
  const loop = startSyncLoop({
    desk,
    region: httpRegionClient(start.regionUrl, ending.signal),
    credentials: start.credentials,
    deviceName: hostname(),
    tell,
    random: () => randomInt(2 ** 32) / 2 ** 32,
    until: ending.signal,
  });
  parentPort?.on('message', (message: ToWorker) => {
    switch (message.type) {
      case 'now':
        loop.now();
        break;
      case 'hold':
        loop.hold(message.held);
        break;
      case 'say':
        loop.say(message.saying);
        break;
      case 'stop':
        void end(loop, opened.value.close);
        break;
      default:
        assertNever(message);
    }
  });
}
