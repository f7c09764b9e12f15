import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { openDriver } from '#main/db/file/driver.ts';
import { childInput } from '../child.ts';
import { serveHub } from '../hub.ts';

// The least that a hub can be: it stores the bodies that devices send, in their order, in one bare table,
// and gives back those after a number that other devices sent. It understands nothing of them.

const { folder } = z.object({ folder: z.string() }).parse(childInput());
const driver = openDriver(path.join(folder, 'hub.db'));
driver.pragma('journal_mode = WAL');
driver.pragma('synchronous = NORMAL');
driver.exec('CREATE TABLE frame (seq INTEGER PRIMARY KEY, device INTEGER, body BLOB)');
const insert = driver.prepare('INSERT INTO frame (device, body) VALUES (?, ?)');
const after = driver.prepare(
  'SELECT seq, body FROM frame WHERE seq > ? AND device <> ? ORDER BY seq',
);

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

let received = 0;
let sent = 0;

const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const url = new URL(request.url ?? '/', 'http://hub');
  const device = Number(url.searchParams.get('device'));
  if (request.method === 'POST') {
    const body = await buffer(request);
    received += body.length;
    insert.run(device, body);
    response.end();
    return;
  }
  const rows = after.all(Number(url.searchParams.get('after')), device) as {
    readonly seq: number;
    readonly body: Buffer;
  }[];
  const answered = Buffer.concat(
    rows.flatMap(({ seq, body }) => [u32(seq), u32(body.length), body]),
  );
  sent += answered.length;
  response.end(answered);
};

const server = createServer((request, response) => void answer(request, response));
// As the region's own server: a device that works on a page for long still finds its line open.
server.keepAliveTimeout = 72_000;
server.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  void serveHub(url, {
    prepare: () => {
      driver.exec('DELETE FROM frame');
      received = 0;
      sent = 0;
    },
    wire: () => ({ received, sent }),
    cpu: () => process.cpuUsage().user / 1_000 + process.cpuUsage().system / 1_000,
  });
});
