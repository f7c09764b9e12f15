import { parentPort, workerData } from 'node:worker_threads';
import { openSecondConnection, type CaseFile } from '../file/case-file.ts';
import { withTransaction } from '../handles.ts';
import { valueOf } from './case-file-fixture.ts';

/** Writes without a rest, a row in each short transaction, and says so after the first, until it is stopped. */
const shareMs = 20;

const start = workerData as Pick<CaseFile, 'path' | 'key' | 'turn'> & {
  readonly stopped: Int32Array<SharedArrayBuffer>;
};
const { db, close } = valueOf(openSecondConnection(start));
let first = true;
while (Atomics.load(start.stopped, 0) === 0) {
  valueOf(
    withTransaction(db, () => {
      db.run("INSERT INTO outbox (body) VALUES ('thread')");
      const until = performance.now() + shareMs;
      while (performance.now() < until) db.value('SELECT 1');
    }),
  );
  if (first) parentPort?.postMessage('writing');
  first = false;
}
close();
