import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addPerson,
  newDevice,
  signInAs,
  testApp,
  type TestApp,
} from '../../../tests/region/test-app.ts';
import { testDatabase, type TestDatabase } from '../../../tests/region/test-database.ts';
import { parseStrictJson } from './strict-json.ts';

let test: TestDatabase;
let region: TestApp;
let port: number;
beforeAll(async () => {
  test = await testDatabase();
  region = await testApp(test.db, { requestsPerMinute: { device: 100_000, address: 100_000 } });
  await region.app.listen({ host: '127.0.0.1', port: 0 });
  const address = region.app.server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(async () => {
  await region.app.close();
  await test.close();
});

const post = (payload: string | Buffer, headers: Record<string, string> = {}) =>
  region.app.inject({
    method: 'POST',
    url: '/v1/session',
    headers: { 'content-type': 'application/json', ...headers },
    payload,
  });

const device = JSON.stringify(newDevice());
const body = (login: string, secret = '"x"') =>
  `{"login":${login},"secret":${secret},"device":${device}}`;

describe('bad bodies get a code and never a 5xx', () => {
  const refused: readonly (readonly [string, string | Buffer, number])[] = [
    ['empty', '', 400],
    ['spaces only', '   ', 400],
    ['broken JSON', '{"login":', 400],
    ['an unfinished text', '{"login":"', 400],
    ['no object', '[]', 400],
    ['7,000 deep', '['.repeat(7_000) + ']'.repeat(7_000), 400],
    ['2,000 deep in an object', body('"a"').slice(0, -1) + `,"x":${'{"a":'.repeat(2_000)}1`, 400],
    ['a key twice', body('"a"').replace('{', '{"login":"b",'), 400],
    ['a key twice, once escaped', body('"a"').replace('{', '{"\\u006cogin":"b",'), 400],
    ['__proto__', body('"a"').replace('{', '{"__proto__":{"login":"b"},'), 400],
    ['NUL in a text', body('"a\\u0000b"'), 400],
    ['NUL in a secret', body('"a"', '"a\\u0000b"'), 400],
    ['a lone surrogate', body('"\\ud83d"'), 400],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), 400],
    ['a number in the place of a text', body('1e309'), 400],
    ['too large', body(`"${'a'.repeat(20_000)}"`), 413],
    ['a login of 201', body(`"${'a'.repeat(201)}"`), 400],
    ['an id that is none', body('"a"').replace(/"id":"[^"]+"/, '"id":"../../etc"'), 400],
  ];
  it.each(refused)('%s', async (_name, payload, status) => {
    const answer = await post(payload);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toEqual({ code: status === 413 ? 'too-large' : 'bad-request' });
  });

  it('unknown fields are passed over, quotes and scripts are only text', async () => {
    for (const login of [
      "' OR 1=1 --",
      '<img onerror>',
      '../',
      '\u202eabc',
      'a\r\nSet-Cookie: b',
    ]) {
      const payload = body(JSON.stringify(login)).replace('{', '{"more":[1,{"a":null}],');
      const answer = await post(payload);
      expect([answer.statusCode, answer.body]).toEqual([401, '{"code":"wrong-credentials"}']);
    }
  });

  it('a compressed body is refused before it can grow', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, 0x20));
    const answer = await post(bomb, { 'content-encoding': 'gzip' });
    expect([answer.statusCode, answer.body]).toEqual([415, '{"code":"bad-request"}']);
  });

  it('another media type is refused', async () => {
    const answer = await post('login=a', { 'content-type': 'application/x-www-form-urlencoded' });
    expect([answer.statusCode, answer.body]).toEqual([415, '{"code":"bad-request"}']);
  });

  it('no answer is a 5xx for generated bodies', async () => {
    const { token } = (await signInAs(region, await addPerson(test.db, 'fuzz'))).json<{
      token: string;
    }>();
    const property = fc.asyncProperty(
      fc.oneof(
        fc.json({ maxDepth: 6 }),
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.json().map((login) => body(login)),
      ),
      fc.constantFrom(
        ['POST', '/v1/session'],
        ['GET', '/v1/me'],
        ['POST', '/v1/no'],
        ['DELETE', '/health'],
      ),
      fc.boolean(),
      async (payload, [method, url], signedIn) => {
        const answer = await region.app.inject({
          method: method as 'POST',
          url: url ?? '/',
          headers: {
            'content-type': 'application/json',
            ...(signedIn ? { authorization: `Bearer ${token}` } : {}),
          },
          remoteAddress: `10.${payload.length % 250}.${payload.charCodeAt(0) % 250}.9`,
          ...(method === 'GET' ? {} : { payload }),
        });
        expect(answer.statusCode).toBeLessThan(500);
      },
    );
    await fc.assert(property, { numRuns: 400 });
  });
});

describe('bad bytes on the wire', () => {
  const talk = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      let said = '';
      socket.on('data', (chunk) => {
        said += chunk.toString();
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(said));
      socket.end(text);
    });
  const head = 'POST /v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';

  it('no HTTP', async () => {
    expect(await talk('HELLO\r\n\r\n')).toContain('{"code":"bad-request"}');
  });

  it('a length that is no number, or is given twice', async () => {
    expect(await talk(`${head}Content-Length: many\r\n\r\n{}`)).toMatch(/^HTTP\/1.1 400 /);
    expect(await talk(`${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`)).toMatch(
      /^HTTP\/1.1 400 /,
    );
    expect(await talk(`${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}`)).toMatch(
      /^HTTP\/1.1 400 /,
    );
  });

  it('a body shorter or longer than its length', async () => {
    expect(await talk(`${head}Content-Length: 500\r\n\r\n{"login":`)).not.toMatch(/ 5\d\d /);
    expect(await talk(`${head}Content-Length: 2\r\n\r\n{}{"login":"a"}`)).toMatch(
      /^HTTP\/1.1 400 /,
    );
    expect((await region.app.inject({ url: '/health' })).statusCode).toBe(200);
  });
});

describe('every route but two asks for a session', () => {
  it.each([
    ['GET', '/v1/me', undefined],
    ['GET', '/v1/me', 'Bearer x'],
    ['GET', '/v1/me', `Bearer ${'A'.repeat(43)}`],
    ['DELETE', '/v1/session', 'Basic YTpi'],
  ] as const)('%s %s with %s', async (method, url, authorization) => {
    const answer = await region.app.inject({
      method,
      url,
      headers: authorization === undefined ? {} : { authorization },
    });
    expect([answer.statusCode, answer.body]).toEqual([401, '{"code":"signed-out"}']);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('an unknown address says nothing more', async () => {
    const answer = await region.app.inject({ url: '/v1/clients/131052-308T' });
    expect([answer.statusCode, answer.body]).toEqual([404, '{"code":"not-found"}']);
  });
});

describe('strict JSON', () => {
  it('reads what JSON.parse reads, and refuses only what two readers may read differently', () => {
    const property = fc.property(fc.json({ maxDepth: 8 }), fc.boolean(), (text, spaced) => {
      const written = spaced ? JSON.stringify(JSON.parse(text), null, 2) : text;
      const parsed = parseStrictJson(Buffer.from(written, 'utf8'));
      if (parsed.ok) expect(parsed.value).toEqual(JSON.parse(written));
      else expect(['key-twice', 'key-not-allowed']).toContain(parsed.error);
    });
    fc.assert(property, { numRuns: 500 });
  });

  it('stops at 64 levels, however many follow', () => {
    const nested = (depth: number) => Buffer.from('['.repeat(depth) + ']'.repeat(depth));
    expect(parseStrictJson(nested(64)).ok).toBe(true);
    for (const depth of [65, 10_000, 500_000]) {
      expect(parseStrictJson(nested(depth))).toEqual({ ok: false, error: 'too-deep' });
    }
  });

  it('is quick for a body of a megabyte', () => {
    const text = Buffer.from(
      JSON.stringify(
        Array.from({ length: 8_000 }, (_, i) => ({
          id: i,
          title: 'Kävelen',
          note: `"${i}"`,
          more: { a: [1, 2] },
        })),
      ),
    );
    const began = performance.now();
    expect(parseStrictJson(text).ok).toBe(true);
    expect(performance.now() - began).toBeLessThan(200);
  });
});

describe('limits and the log', () => {
  it('too many requests get a pause', async () => {
    const small = await testApp(test.db, { requestsPerMinute: { device: 5, address: 3 } });
    const statuses: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      statuses.push((await small.app.inject({ url: '/health' })).statusCode);
    }
    const last = await small.app.inject({ url: '/v1/me' });
    await small.app.close();
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect(last.json()).toMatchObject({ code: 'slow-down' });
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('a database that is away is 503 with a time to come back, and no word of why', async () => {
    const { openDatabase } = await import('../db/pool.ts');
    const away = openDatabase({ url: 'postgres://x:secret-word@127.0.0.1:1/x' });
    const down = await testApp(away);
    const answer = await signInAs(down, { login: 'a', secret: 'b' });
    const health = await down.app.inject({ url: '/health' });
    await down.app.close();
    await away.close();
    expect([answer.statusCode, answer.json()]).toEqual([
      503,
      { code: 'unavailable', retryAfterSeconds: 5 },
    ]);
    expect([health.statusCode, health.body]).toEqual([503, '{"status":"database-away"}']);
    expect(down.logged()).not.toContain('secret-word');
  });

  it('the log names routes and statuses, never what was sent', async () => {
    await post(body('"131052-308T"', '"erittain-salainen"'));
    await region.app.inject({ url: '/v1/clients/131052-308T?name=Virtanen' });
    expect(region.logged()).toContain('"route":"/v1/session","status":401');
    expect(region.logged()).not.toMatch(/131052|Virtanen|erittain-salainen|Bearer/);
  });
});
