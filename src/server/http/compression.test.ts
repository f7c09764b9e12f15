import { brotliCompressSync, brotliDecompressSync, constants, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits, protocolVersion } from '#shared/protocol/version.ts';
import { addPerson, testApp, type TestApp } from '../../../tests/region/test-app.ts';
import { testDatabase, type TestDatabase } from '../../../tests/region/test-database.ts';
import { foundClient, wireDevice, type WireDevice } from '../../../tests/region/wire-device.ts';

let test: TestDatabase;
let region: TestApp;
let device: WireDevice;
beforeAll(async () => {
  test = await testDatabase();
  region = await testApp(test.db);
  device = await wireDevice(region, await addPerson(test.db, 'aino'));
});
afterAll(async () => {
  await region.app.close();
  await test.close();
});

const post = (url: string, payload: Buffer, headers: Record<string, string>) =>
  region.app.inject({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${device.token}`,
      ...headers,
    },
    payload,
  });
const brotli = { 'content-encoding': 'br' };

const pullBody = Buffer.from(
  JSON.stringify({
    protocol: protocolVersion,
    begun: '0199ffff-0000-7000-8000-000000000001',
    cursor: null,
    awaiting: [],
    erased: [],
    directoryRevision: 0,
  }),
);

describe('compressed bodies and answers', () => {
  it('a push compressed by Brotli is taken like a plain one', async () => {
    const { caseId } = await foundClient(device);
    const changes = Array.from({ length: 40 }, () => device.signed(device.change({ caseId })));
    const body = Buffer.from(JSON.stringify({ protocol: protocolVersion, changes }));
    const packed = brotliCompressSync(body);
    expect(packed.length).toBeLessThan(body.length / 3);
    const answer = await post('/v1/push', packed, brotli);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['accept-encoding']).toBe('br');
    const { receipts } = answer.json<{ receipts: { verdict: string }[] }>();
    expect(receipts.map(({ verdict }) => verdict)).toEqual(changes.map(() => 'stored'));
  });

  it('a long answer goes compressed to whoever takes it so, and says the same', async () => {
    const plain = await post('/v1/pull', pullBody, {});
    expect(plain.headers['content-encoding']).toBeUndefined();
    const packed = await post('/v1/pull', pullBody, { 'accept-encoding': 'gzip, br;q=0.5' });
    expect(packed.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' });
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2);
    const said = JSON.parse(brotliDecompressSync(packed.rawPayload).toString('utf8')) as {
      changes: unknown;
    };
    expect(said.changes).toEqual(plain.json<{ changes: unknown }>().changes);
  });

  it.each(['gzip, deflate', 'br;q=0', 'brotli', ''])(
    'not to one who accepts "%s"',
    async (accepted) => {
      const answer = await post('/v1/pull', pullBody, { 'accept-encoding': accepted });
      expect([answer.statusCode, answer.headers['content-encoding']]).toEqual([200, undefined]);
    },
  );

  it('a small body that would become a big one is refused before it is one', async () => {
    const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
    const bomb = brotliCompressSync(Buffer.alloc(64 * 1_048_576, ' '), quick);
    expect(bomb.length).toBeLessThan(65_536);
    const answer = await post('/v1/push', bomb, brotli);
    expect([answer.statusCode, answer.json()]).toEqual([413, { code: 'too-large' }]);
    const justOver = brotliCompressSync(Buffer.alloc(limits.pushBytes + 65_536 + 1, ' '));
    expect((await post('/v1/push', justOver, brotli)).statusCode).toBe(413);
  });

  it.each([
    ['no Brotli at all', Buffer.from('{"protocol":3}'), 400],
    ['cut off', brotliCompressSync(pullBody).subarray(0, 40), 400],
    ['nothing inside', brotliCompressSync(Buffer.alloc(0)), 400],
    ['no JSON inside', brotliCompressSync(Buffer.from('<html>')), 400],
  ] as const)('%s is a bad request', async (_name, body, status) => {
    const answer = await post('/v1/pull', body, brotli);
    expect([answer.statusCode, answer.json()]).toEqual([status, { code: 'bad-request' }]);
  });

  it('other codings, and routes whose bodies or answers carry secrets, take none', async () => {
    expect(
      (await post('/v1/push', gzipSync(pullBody), { 'content-encoding': 'gzip' })).statusCode,
    ).toBe(415);
    const signIn = await post('/v1/session', brotliCompressSync(pullBody), brotli);
    expect(signIn.statusCode).toBe(415);
    expect(signIn.headers['accept-encoding']).toBeUndefined();
  });
});
