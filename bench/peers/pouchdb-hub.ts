import fs from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { childInput } from '../child.ts';
import { serveHub } from '../hub.ts';
import { startCell } from '../plans/plan-work.ts';
import { pageFile } from '../first-sync/pages.ts';
import type { PullResponse } from '#shared/protocol/pull.ts';
import { peerPackage } from './packages/peer-package.ts';
import { pouchIn, type PouchDatabase, type PouchDocument } from './pouchdb.ts';

// express-pouchdb over LevelDB: the server that the peer's own makers offer for Node.

type Express = () => {
  readonly use: (path: string, work: unknown) => void;
  readonly listen: (port: number, host: string, ready: () => void) => Server;
};

const { folder } = z.object({ folder: z.string() }).parse(childInput());
const data = path.join(folder, 'server');
fs.mkdirSync(data);
const Pouch = await pouchIn(data);
const { default: express } = await peerPackage<{ readonly default: Express }>('express');
const { default: serve } = await peerPackage<{
  readonly default: (pouch: unknown, options: object) => unknown;
}>('express-pouchdb');
const app = express();
const options = {
  mode: 'minimumForPouchDB',
  inMemoryConfig: true,
  logPath: path.join(folder, 'log'),
};
app.use('/', serve(Pouch, options));

let database: PouchDatabase | null = null;
let world = 0;
let port = 0;

/** A database of its own each time: what earlier rounds left weighs on none. */
const newDatabase = async (): Promise<PouchDatabase> => {
  await database?.close();
  world += 1;
  return (database = new Pouch(`plans${world}`));
};
const worldInput = z.object({ plans: z.int(), recordsPerPlan: z.int() });

const server = app.listen(0, '127.0.0.1', () => {
  ({ port } = server.address() as AddressInfo);
  void serveHub(`http://127.0.0.1:${port}`, {
    prepare: async (input) => {
      const { plans, recordsPerPlan } = worldInput.parse(input);
      const made = await newDatabase();
      const docs = Array.from({ length: plans }, (_, plan) => ({
        _id: String(plan),
        needs: Object.fromEntries(
          Array.from({ length: recordsPerPlan }, (__, record) => [
            String(record),
            startCell(plan, record),
          ]),
        ),
      }));
      await made.bulkDocs(docs);
      return { database: `plans${world}` };
    },
    /** A document for each record of prepared pages, for a first sync. */
    load: async (input) => {
      const { pages, folder: from } = z.object({ pages: z.int(), folder: z.string() }).parse(input);
      const made = await newDatabase();
      for (let number = 0; number < pages; number += 1) {
        const page = JSON.parse(fs.readFileSync(pageFile(from, number), 'utf8')) as PullResponse;
        const docs = page.changes.map(({ change }): PouchDocument => ({
          _id: change.id,
          ...change,
        }));
        await made.bulkDocs(docs);
      }
      return { database: `plans${world}` };
    },
    cpu: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1_000;
    },
  });
});
// As the region's own server: a device that works on a page for long still finds its line open.
server.keepAliveTimeout = 72_000;
