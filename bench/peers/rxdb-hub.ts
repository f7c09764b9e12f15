import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { serveHub } from '../hub.ts';
import { cellName, startCell } from '../plans/plan-work.ts';
import type { PushRow, RxDocument } from './rxdb.ts';

// The other side of RxDB's replication, in memory: takes a write whose author knew the present state,
// answers the present state where they did not.

type Held = { readonly seq: number; readonly doc: RxDocument };

/** In the order of their last writing. */
const held = new Map<string, Held>();
let seq = 0;

const put = (id: string, doc: RxDocument): void => {
  held.delete(id);
  held.set(id, { seq: (seq += 1), doc });
};

const same = (one: RxDocument | undefined, other: RxDocument | undefined): boolean =>
  one?.['lifeArea'] === other?.['lifeArea'] && one?.['title'] === other?.['title'];

const pull = (input: unknown): object => {
  const { after, limit } = z.object({ after: z.int(), limit: z.int() }).parse(input);
  const found: Held[] = [];
  for (const one of held.values()) {
    if (one.seq > after) found.push(one);
    if (found.length === limit) break;
  }
  return {
    documents: found.map(({ doc }) => doc),
    checkpoint: { seq: found.at(-1)?.seq ?? after },
  };
};

const push = (rows: readonly PushRow[]): readonly RxDocument[] =>
  rows.flatMap(({ newDocumentState, assumedMasterState }): readonly RxDocument[] => {
    const id = String(newDocumentState['id']);
    const present = held.get(id)?.doc;
    if (present && !same(present, assumedMasterState)) return [present];
    put(id, newDocumentState);
    return [];
  });

const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const input = await json(request);
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(request.url === '/pull' ? pull(input) : push(input as PushRow[])));
};

const server = createServer((request, response) => void answer(request, response));
// As the region's own server: a device that works on a page for long still finds its line open.
server.keepAliveTimeout = 72_000;
server.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  void serveHub(url, {
    prepare: (input) => {
      const world = z.object({ plans: z.int(), recordsPerPlan: z.int() }).parse(input);
      held.clear();
      seq = 0;
      for (let plan = 0; plan < world.plans; plan += 1) {
        for (let record = 0; record < world.recordsPerPlan; record += 1) {
          const id = cellName(plan, record);
          put(id, { id, ...startCell(plan, record), _deleted: false });
        }
      }
    },
    cpu: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1_000;
    },
  });
});
