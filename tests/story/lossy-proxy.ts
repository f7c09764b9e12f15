import { once } from 'node:events';
import http from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { brotliDecompressSync } from 'node:zlib';

/** What the line between a desk and the region does to one request. */
export type Fate =
  | 'pass'
  /** The request never arrives. */
  | 'drop-request'
  /** The region does what was asked; nobody hears of it. */
  | 'drop-reply'
  /** It arrives twice, and the second answer is heard. */
  | 'twice'
  | 'late'
  /** A hotel's sign-in page in the place of the region, with 200. */
  | 'html'
  | 'error-500'
  | 'error-502'
  /** The answer ends in the middle. */
  | 'cut'
  /** Nothing comes back, and the line stays open. */
  | 'stall';

export const faults = [
  'drop-request',
  'drop-reply',
  'twice',
  'late',
  'html',
  'error-500',
  'error-502',
  'cut',
] as const satisfies readonly Fate[];

export type Alteration = (path: string, answer: string, asked: string) => string | null;

export type LossyProxy = {
  readonly url: string;
  /** The region's port; another after its restart. */
  readonly leadTo: (port: number) => void;
  /** Decides the fate of each request, also after something else has happened; the address without the query. */
  readonly decide: (fate: (path: string, asked: string) => Fate | Promise<Fate>) => void;
  /**
   * Alters answers that pass on their way; the text of the answer by the address and the text of the
   * request, null where it passes as it is.
   */
  readonly alter: (altered: Alteration) => void;
  readonly setOnline: (online: boolean) => void;
  /** Requests that have come so far. */
  readonly seen: () => number;
  readonly close: () => Promise<void>;
};

/** What a body says, sent compressed or not. */
const textOf = (body: Buffer, headers: http.IncomingHttpHeaders): string =>
  (headers['content-encoding'] === 'br' ? brotliDecompressSync(body) : body).toString('utf8');

/** A line on which a test decides what is lost. HTTP request by request, the live line as a whole. */
export const startLossyProxy = async (port: number): Promise<LossyProxy> => {
  let target = port;
  let online = true;
  let fateOf: (path: string, asked: string) => Fate | Promise<Fate> = () => 'pass';
  let altered: Alteration = () => null;
  let seen = 0;
  const sockets = new Set<Socket>();

  const forward = (request: http.IncomingMessage, body: Buffer) =>
    new Promise<{
      readonly status: number;
      readonly headers: http.IncomingHttpHeaders;
      readonly body: Buffer;
    }>((resolve, reject) => {
      const onward = http.request(
        {
          host: '127.0.0.1',
          port: target,
          path: request.url,
          method: request.method,
          headers: request.headers,
          agent: false,
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 502,
              headers: response.headers,
              body: Buffer.concat(parts),
            }),
          );
        },
      );
      onward.on('error', reject);
      onward.end(body);
    });

  const answer = async (request: http.IncomingMessage, response: http.ServerResponse) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    seen += 1;
    const fate = await fateOf(request.url ?? '', textOf(body, request.headers));
    switch (fate) {
      case 'drop-request':
        response.destroy();
        return;
      case 'stall':
        return;
      case 'html':
        response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>WLAN</h1>');
        return;
      case 'error-500':
        response.writeHead(500, { 'content-type': 'text/plain' }).end('Oops');
        return;
      case 'error-502':
        response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>502</h1>');
        return;
      case 'late':
        await new Promise((resolve) => setTimeout(resolve, 150));
        break;
      case 'twice':
        await forward(request, body);
        break;
      default:
    }
    const reply = await forward(request, body);
    if (fate === 'drop-reply') {
      response.destroy();
      return;
    }
    const text = altered(
      request.url ?? '',
      textOf(reply.body, reply.headers),
      textOf(body, request.headers),
    );
    if (text !== null) {
      response.writeHead(reply.status, { 'content-type': 'application/json' }).end(text);
      return;
    }
    response.writeHead(reply.status, reply.headers);
    if (fate === 'cut') {
      const half = reply.body.subarray(0, Math.floor(reply.body.length / 2));
      response.write(half, () => response.destroy());
      return;
    }
    response.end(reply.body);
  };

  const server = http.createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.on('connection', (socket) => {
    if (!online) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request: http.IncomingMessage, near: Socket, head: Buffer) => {
    const far = connect(target, '127.0.0.1', () => {
      const lines = [`${request.method} ${request.url} HTTP/1.1`];
      for (let index = 0; index < request.rawHeaders.length; index += 2) {
        lines.push(`${request.rawHeaders[index]}: ${request.rawHeaders[index + 1]}`);
      }
      far.write(`${lines.join('\r\n')}\r\n\r\n`);
      far.write(head);
      far.pipe(near);
      near.pipe(far);
    });
    const end = (): void => {
      near.destroy();
      far.destroy();
    };
    near.on('error', end);
    far.on('error', end);
    near.on('close', end);
    far.on('close', end);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const cutAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo: (next) => {
      target = next;
    },
    decide: (fate) => {
      fateOf = fate;
    },
    alter: (next) => {
      altered = next;
    },
    setOnline: (next) => {
      online = next;
      if (!online) cutAll();
    },
    seen: () => seen,
    close: async () => {
      cutAll();
      server.close();
      await once(server, 'close');
    },
  };
};
