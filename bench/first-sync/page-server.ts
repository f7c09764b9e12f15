import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import fs from 'node:fs';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { childInput } from '../child.ts';
import { pageFile } from './pages.ts';

// A process of its own that sends prepared pages from memory, so that what serving costs is in no arm.
// It prints its port and ends when its standard input does.

const { folder, pages } = z.object({ folder: z.string(), pages: z.int() }).parse(childInput());
const contents = Array.from({ length: pages }, (_, page) =>
  fs.readFileSync(pageFile(folder, page)),
);
const asked = z.object({ cursor: z.string().nullable() });

const answerWith = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { cursor } = asked.parse(await json(request));
  const page = contents[Number(cursor ?? 0)];
  response.writeHead(page ? 200 : 404, { 'content-type': 'application/json; charset=utf-8' });
  response.end(page);
};

const server = createServer((request, response) => void answerWith(request, response));
// As the region's own server: a device that works on a page for long still finds its line open.
server.keepAliveTimeout = 72_000;
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
process.stdin.resume().on('end', () => process.exit(0));
