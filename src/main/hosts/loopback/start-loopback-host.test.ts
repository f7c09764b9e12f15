import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { maxFrameBytes } from '#shared/contract/frame-limits.ts';
import {
  contractProtocol,
  tokenProtocolPrefix,
  tokenRefused,
} from '#shared/contract/loopback-line.ts';
import {
  lineUrl,
  makeWindowFolder,
  startHost,
  tokenOf,
} from '../../../../tests/contract/loopback-pair.ts';
import { probeHost } from '../../../../tests/contract/probe-host.ts';
import { startLoopbackHost, type LoopbackHost } from './start-loopback-host.ts';

let window: Awaited<ReturnType<typeof makeWindowFolder>>;
let host: LoopbackHost;
const core = probeHost();
const unexpected: string[] = [];
const lines: WebSocket[] = [];

beforeAll(async () => {
  window = await makeWindowFolder();
  host = await startHost(core, window.folder, (name) => unexpected.push(name));
});
afterEach(async () => {
  for (const line of lines.splice(0)) line.terminate();
  const untilNoneIsServed = { timeout: 30_000 };
  await vi.waitFor(() => {
    if (core.listeners() > 0) throw new Error('A window of the last test is still served.');
  }, untilNoneIsServed);
});
afterAll(async () => {
  await host.close();
  await window.remove();
});

type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** Node's own `fetch` would tidy the path up; here it goes out as written. */
const ask = (
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asking = request(
      { host: '127.0.0.1', port: host.port, path, method, headers, agent: false },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (part: string) => (body += part));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      },
    );
    asking.on('error', reject).end();
  });

const ownOrigin = (): string => `http://127.0.0.1:${host.port}`;

const knock = ({
  origin = ownOrigin(),
  token = tokenOf(host),
  protocols = [contractProtocol, tokenProtocolPrefix + token],
  url = lineUrl(host),
  headers = {},
}: {
  origin?: string | undefined;
  token?: string;
  protocols?: string[];
  url?: string;
  headers?: Record<string, string>;
} = {}): WebSocket => {
  const line = new WebSocket(url, protocols, { origin, headers });
  line.on('error', () => {});
  lines.push(line);
  return line;
};

/** The status with which an upgrade was refused, or `open`. */
const outcome = (line: WebSocket): Promise<number | 'open'> =>
  new Promise((resolve) => {
    line.on('open', () => resolve('open'));
    line.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
  });

const closing = async (line: WebSocket): Promise<number> => {
  const [code] = (await once(line, 'close')) as [number];
  return code;
};

/** The answer to a call: shows that the line is served. */
const answerOn = async (line: WebSocket): Promise<unknown> => {
  line.send(JSON.stringify({ type: 'call', id: 1, name: 'session.state', input: {} }));
  const [data] = (await once(line, 'message')) as [Buffer];
  return JSON.parse(data.toString());
};

const answered = { type: 'result', id: 1 };

describe('the address', () => {
  it('carries a token of 256 bits in its fragment, another each time', async () => {
    expect(host.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/u);
    const other = await startHost(core, window.folder);
    expect(tokenOf(other)).not.toBe(tokenOf(host));
    await other.close();
  });

  it('says which port was taken, and takes another', async () => {
    const occupant = createServer();
    occupant.listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const { port } = occupant.address() as AddressInfo;
    const other = await startHost(core, window.folder, () => {}, port);
    expect(other.takenPort).toBe(port);
    expect(other.port).not.toBe(port);
    await other.close();
    occupant.close();
    await once(occupant, 'close');
    const free = await startHost(core, window.folder, () => {}, port);
    expect(free).toMatchObject({ port, takenPort: null });
    await free.close();
  });

  it('says that there is no built window', async () => {
    const missing = await startLoopbackHost({
      core,
      windowFolder: `${window.folder}/nowhere`,
      onUnexpected: () => {},
    });
    expect(missing).toEqual({
      ok: false,
      error: { code: 'window-missing', folder: `${window.folder}/nowhere` },
    });
  });
});

describe('files', () => {
  it('come with the headers that let nothing foreign run', async () => {
    const index = await ask('/');
    expect(index.status).toBe(200);
    expect(index.body).toContain('<title>Punos</title>');
    expect(index.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; " +
        "frame-ancestors 'none'",
    });
    expect(index.headers['access-control-allow-origin']).toBeUndefined();
    const script = await ask('/assets/index-1.js?v=1');
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect((await ask('/', { method: 'HEAD' })).body).toBe('');
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/..\\secret.txt',
    '//secret.txt',
    '/./../secret.txt',
    '/assets/index-1.js/../../../secret.txt',
    '/%00',
    '/assets',
    '/assets/',
    '/index.html/',
    '/assets/index-1.js.map',
    '/toString',
    '/%',
    'http://127.0.0.1/../secret.txt',
    '*',
  ])('are not found under %s', async (path) => {
    const answer = await ask(path);
    expect(answer.status).toBe(404);
    expect(answer.body).toBe('');
  });

  it('go to nobody who asks under another name', async () => {
    const names = ['localhost', `localhost:${host.port}`, 'evil.example', '127.0.0.1', '[::1]'];
    for (const name of names) {
      expect(await ask('/', { headers: { host: name } })).toMatchObject({ status: 421, body: '' });
    }
  });

  it('are only read', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']) {
      expect((await ask('/', { method })).status).toBe(405);
    }
  });
});

describe('the line', () => {
  it('is for our own page with the token', async () => {
    const line = knock();
    expect(await outcome(line)).toBe('open');
    expect(line.protocol).toBe(contractProtocol);
    expect(await answerOn(line)).toMatchObject(answered);
  });

  it('is refused to pages of other origins, and to what names none', async () => {
    const origins = [
      'https://evil.example',
      `http://localhost:${host.port}`,
      'http://127.0.0.1',
      `https://127.0.0.1:${host.port}`,
      `http://127.0.0.1:${host.port}.evil.example`,
      'null',
      '',
    ];
    for (const origin of origins) {
      expect(await outcome(knock({ origin }))).toBe(403);
    }
    expect(
      await outcome(new WebSocket(lineUrl(host), [contractProtocol]).on('error', () => {})),
    ).toBe(403);
  });

  it('is refused under another name', async () => {
    for (const name of ['evil.example', `localhost:${host.port}`]) {
      expect(await outcome(knock({ headers: { host: name } }))).toBe(421);
    }
  });

  it('is refused on other paths and in other languages', async () => {
    expect(await outcome(knock({ url: `ws://127.0.0.1:${host.port}/` }))).toBe(404);
    expect(await outcome(knock({ protocols: [tokenProtocolPrefix + tokenOf(host)] }))).toBe(400);
  });

  it('does nothing for a wrong token', async () => {
    const before = core.seen.length;
    const right = tokenOf(host);
    for (const token of ['x', right.slice(0, -1), `${right}A`, right.toUpperCase()]) {
      const line = knock({ token });
      line.on('open', () => {
        line.send(JSON.stringify({ type: 'call', id: 1, name: 'session.state', input: {} }));
      });
      expect(await closing(line)).toBe(tokenRefused);
    }
    expect(await closing(knock({ protocols: [contractProtocol] }))).toBe(tokenRefused);
    expect(core.seen).toHaveLength(before);
  });

  it('lives through 10,000 malformed frames and answers none of them', async () => {
    const line = knock();
    await outcome(line);
    const heard: string[] = [];
    const last = new Promise<void>((resolve) => {
      line.on('message', (data: Buffer) => {
        heard.push(data.toString());
        if (data.includes('"id":8')) resolve();
      });
    });
    const before = core.seen.length;
    const shapes: ((n: number) => string)[] = [
      () => '',
      () => '{',
      () => 'null',
      (n) => String(n),
      () => '[]',
      (n) => JSON.stringify({ type: 'call', id: n }),
      (n) => JSON.stringify({ type: 'call', id: -n, name: 'session.lock', input: {} }),
      (n) => JSON.stringify({ type: 'call', id: `${n}`, name: 'session.lock', input: {} }),
      (n) => JSON.stringify({ type: 'call', id: n, name: 'session.lock', input: {}, as: 'admin' }),
      (n) => JSON.stringify({ type: 'result', id: n, value: {} }),
      () => '{"__proto__":{"type":"call","id":1,"name":"session.lock","input":{}}}',
      () => '['.repeat(2_000),
      () => randomBytes(64).toString('latin1'),
    ];
    for (let n = 0; n < 10_000; n += 1) line.send(shapes[n % shapes.length]?.(n) ?? '');
    // One deep enough to exhaust the stack of whoever walks it by recursion.
    const depth = 1_000_000;
    const deep = '['.repeat(depth) + ']'.repeat(depth);
    line.send(`{"type":"call","id":7,"name":"session.lock","input":${deep}}`);
    line.send(JSON.stringify({ type: 'call', id: 8, name: 'session.state', input: {} }));
    await last;
    // Calls with a whole envelope are answered, the rest with silence.
    expect(heard.filter((text) => !text.includes('"bad-input"'))).toHaveLength(1);
    expect(core.seen.slice(before).map((seen) => seen.name)).toEqual(['session.state']);
    expect(unexpected).toEqual([]);
  });

  it('closes on a frame larger than any call, and on bytes', async () => {
    const large = knock();
    await outcome(large);
    large.send('x'.repeat(maxFrameBytes + 1));
    expect(await closing(large)).toBe(1009);
    const binary = knock();
    await outcome(binary);
    binary.send(
      Buffer.from(JSON.stringify({ type: 'call', id: 1, name: 'session.lock', input: {} })),
    );
    expect(await closing(binary)).toBe(1003);
    const next = knock();
    await outcome(next);
    expect(await answerOn(next)).toMatchObject(answered);
  });

  it('breaks alone when what comes is no WebSocket frame', async () => {
    const other = knock();
    await outcome(other);
    const raw = connect(host.port, '127.0.0.1');
    raw.write(
      `GET /contract HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nOrigin: ${ownOrigin()}\r\n` +
        'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n` +
        `Sec-WebSocket-Protocol: ${contractProtocol}, ${tokenProtocolPrefix}${tokenOf(host)}\r\n\r\n`,
    );
    await once(raw, 'data');
    raw.write(Buffer.alloc(4_096, 0xff));
    raw.on('error', () => {});
    raw.resume();
    await once(raw, 'close');
    expect(await answerOn(other)).toMatchObject(answered);
  });

  it('brings events to every window, and forgets a window that has gone', async () => {
    const two = [knock(), knock()];
    await Promise.all(two.map(outcome));
    await Promise.all(two.map(answerOn));
    expect(core.listeners()).toBe(2);
    const heard = Promise.all(two.map((line) => once(line, 'message')));
    core.emit('clients.changed', { caseIds: [] });
    for (const [data] of (await heard) as [Buffer][]) {
      expect(JSON.parse(data.toString())).toMatchObject({ name: 'clients.changed' });
    }
    for (const line of two) line.close();
    await expect.poll(() => core.listeners()).toBe(0);
  });
});

it('ends with windows open, and frees its port', async () => {
  const other = await startHost(core, window.folder);
  const line = new WebSocket(
    lineUrl(other),
    [contractProtocol, tokenProtocolPrefix + tokenOf(other)],
    {
      origin: `http://127.0.0.1:${other.port}`,
    },
  );
  await once(line, 'open');
  const closed = closing(line);
  await other.close();
  expect(await closed).toBe(1001);
  const again = await startHost(core, window.folder, () => {}, other.port);
  expect(again.takenPort).toBeNull();
  await again.close();
});
