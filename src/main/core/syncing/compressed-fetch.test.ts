import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compressFromBytes } from '#shared/protocol/version.ts';
import { boundedText, compressedFetch, mostAnswerBytes } from './compressed-fetch.ts';

type Heard = { readonly headers: IncomingHttpHeaders; readonly body: Buffer };

let server: Server;
let base: string;
let heard: Heard[] = [];
/** What the server answers: its body, compressed by Brotli, and whether it takes such bodies. */
let answer: { body: Buffer; takes: boolean };

const answerTo = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  heard.push({ headers: request.headers, body: await buffer(request) });
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-encoding': 'br',
    ...(answer.takes && { 'accept-encoding': 'br' }),
  });
  response.end(answer.body);
};

beforeAll(async () => {
  server = createServer((request, response) => void answerTo(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  heard = [];
  answer = { body: brotliCompressSync('{"said":"ä"}'), takes: true };
});

const long = JSON.stringify({
  text: 'Kävely on epävarmaa. '.repeat(compressFromBytes / 10),
});
const ask = (send: ReturnType<typeof compressedFetch>, path: string, body: string = long) =>
  send(new URL(path, base), { method: 'POST', headers: { 'x-own': '1' }, body });

describe('requests to the region', () => {
  it('ask for compressed answers, and read them', async () => {
    const response = await ask(compressedFetch(), '/v1/pull');
    expect(await boundedText(response)).toBe('{"said":"ä"}');
    expect(heard[0]?.headers).toMatchObject({ 'accept-encoding': 'br', 'x-own': '1' });
  });

  it('go compressed only where the region has said that it takes such bodies, and only long ones', async () => {
    const send = compressedFetch();
    await ask(send, '/v1/push');
    await ask(send, '/v1/push');
    await ask(send, '/v1/session');
    await ask(send, '/v1/push', '{}');
    expect(heard.map(({ headers }) => headers['content-encoding'])).toEqual([
      undefined,
      'br',
      undefined,
      undefined,
    ]);
    expect(heard[0]?.body.toString('utf8')).toBe(long);
    expect(brotliDecompressSync(heard[1]?.body ?? '').toString('utf8')).toBe(long);
  });

  it('go plain again once a region says so no more: an older program may answer there now', async () => {
    const send = compressedFetch();
    await ask(send, '/v1/push');
    answer.takes = false;
    await ask(send, '/v1/push');
    await ask(send, '/v1/push');
    expect(heard.map(({ headers }) => headers['content-encoding'])).toEqual([
      undefined,
      'br',
      undefined,
    ]);
  });

  it('stop reading an answer that has no end', async () => {
    const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
    answer.body = brotliCompressSync(Buffer.alloc(mostAnswerBytes + 1, ' '), quick);
    expect(answer.body.length).toBeLessThan(65_536);
    const whole = await boundedText(await ask(compressedFetch(), '/v1/pull'), mostAnswerBytes + 1);
    expect(whole).toHaveLength(mostAnswerBytes + 1);
    expect(await boundedText(await ask(compressedFetch(), '/v1/pull'))).toBeNull();
  });
});
