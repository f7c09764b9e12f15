import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { openSecondConnection } from '#main/db/file/case-file.ts';
import type { TurnCount } from '#main/db/file/write-turn.ts';
import { benchmarkDesk, indexAll, syncOnce } from '../first-sync/punos-arm.ts';

// The thread of sync as the program has it: its own connection to the case file, short transactions.

const { path, key, turn, identity, url } = z
  .object({
    path: z.string(),
    key: z.instanceof(Uint8Array),
    turn: z.custom<TurnCount>((count) => count instanceof Int32Array),
    identity: z.object({
      fileUuid: z.string(),
      personId: z.string(),
      deviceId: z.string(),
      createdAtMs: z.number(),
    }),
    url: z.string(),
  })
  .parse(workerData);

const opened = openSecondConnection({ path, key, turn });
if (!opened.ok) throw new Error(`No second connection: ${opened.error.kind}`);
const desk = benchmarkDesk({ db: opened.value.db, identity });
await syncOnce(desk, url);
parentPort?.postMessage('usable');
indexAll(desk);
opened.value.close();
parentPort?.postMessage('indexed');
