import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { maxFrameBytes } from '#shared/contract/frame-limits.ts';
import {
  contractPath,
  contractProtocol,
  tokenField,
  tokenRefused,
} from '#shared/contract/loopback-line.ts';
import { serveTextWindow } from '#shared/contract/serve.ts';
import type { ContractHost } from '#shared/contract/transport.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { listWindowFiles, windowHeaders, type WindowFiles } from '../node/window-files.ts';
import { asksForUs, holdsToken, isOurPage, ownAddress, speaksContract } from './visitor.ts';

export type LoopbackOptions = {
  readonly core: ContractHost;
  /** The built window. */
  readonly windowFolder: string;
  /** The port to try first; 0 or nothing: any free one. */
  readonly port?: number;
  /** Learns of errors inside the core that the window hears of only as `unexpected`. */
  readonly onUnexpected: (callName: string, error: unknown) => void;
};

export type LoopbackHost = {
  /** `http://127.0.0.1:PORT/#token=…`: whoever has it has the window, so it goes to the person alone. */
  readonly url: string;
  readonly port: number;
  /** The port that was asked for and belongs to another program, when another was chosen. */
  readonly takenPort: number | null;
  /** Ends the windows' lines and the server; the core stays with whoever started it. */
  readonly close: () => Promise<void>;
};

export type LoopbackProblem =
  | { readonly code: 'window-missing'; readonly folder: string }
  | { readonly code: 'no-port'; readonly cause: string };

/** A window that reads nothing while this much waits for it has hung: better to let it come anew. */
const mostUnread = 64 * 1024 * 1024;

/**
 * Serves the built window and the contract on 127.0.0.1, for a browser on the same computer. The core
 * must be running; several windows may be open at once.
 */
export const startLoopbackHost = async (
  options: LoopbackOptions,
): Promise<Result<LoopbackHost, LoopbackProblem>> => {
  const files = await listWindowFiles(options.windowFolder);
  if (files === null) return err({ code: 'window-missing', folder: options.windowFolder });

  const token = randomBytes(32).toString('base64url');
  const server = createServer();
  const bound = await listen(server, options.port ?? 0);
  if (!bound.ok) return bound;
  const { port, takenPort } = bound.value;

  server.on('request', (request, response) => {
    void answerRequest(files, port, request, response);
  });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
    handleProtocols: () => contractProtocol,
  });
  server.on('upgrade', (request, socket, head) => {
    const refusal = whyNoLine(request, port);
    if (refusal !== null) return refuse(socket, refusal);
    sockets.handleUpgrade(request, socket, head, (line) => {
      // An empty listener: what breaks a line closes it, and the close does what is needed.
      line.on('error', () => {});
      if (holdsToken(request.headers, token)) serveLine(options, line);
      else line.close(tokenRefused);
    });
  });

  return ok({
    url: `http://${ownAddress(port)}/#${tokenField}=${token}`,
    port,
    takenPort,
    close: () => close(server, sockets),
  });
};

const serveLine = (options: LoopbackOptions, line: WebSocket): void => {
  const served = serveTextWindow(
    options.core,
    (text) => {
      if (line.readyState !== line.OPEN) return;
      line.send(text);
      if (line.bufferedAmount > mostUnread) line.terminate();
    },
    options.onUnexpected,
  );
  line.on('message', (data, isBinary) => {
    // 1003: frames are text.
    if (isBinary) line.close(1003);
    else served.receive((data as Buffer).toString('utf8'));
  });
  line.on('close', () => served.close());
};

type Refusal = readonly [status: number, words: string];

const whyNoLine = (request: IncomingMessage, port: number): Refusal | null => {
  if (!asksForUs(request.headers, port)) return [421, 'Misdirected Request'];
  if (!isOurPage(request.headers, port)) return [403, 'Forbidden'];
  if (request.url !== contractPath) return [404, 'Not Found'];
  if (!speaksContract(request.headers)) return [400, 'Bad Request'];
  return null;
};

const refuse = (socket: Duplex, [status, words]: Refusal): void => {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${words}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

const answerRequest = async (
  files: WindowFiles,
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  // Nobody sends a body here; one that comes is not waited for.
  request.resume();
  for (const [name, value] of Object.entries(windowHeaders("'self'"))) {
    response.setHeader(name, value);
  }
  const end = (status: number): void => void response.writeHead(status).end();
  if (!asksForUs(request.headers, port)) return end(421);
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(405);
  const file = files.get((request.url ?? '').replace(/\?.*$/su, ''));
  if (file === undefined) return end(404);
  try {
    const body = await file.read();
    response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': body.length });
    response.end(request.method === 'HEAD' ? undefined : body);
  } catch {
    // The window was built anew meanwhile.
    end(404);
  }
};

type Bound = { readonly port: number; readonly takenPort: number | null };

const listen = async (server: Server, asked: number): Promise<Result<Bound, LoopbackProblem>> => {
  const first = await tryPort(server, asked);
  if (first.ok) return ok({ port: first.value, takenPort: null });
  const mayTryAnother = first.error === 'EADDRINUSE' || first.error === 'EACCES';
  if (asked === 0 || !mayTryAnother) return err({ code: 'no-port', cause: first.error });
  const second = await tryPort(server, 0);
  return second.ok
    ? ok({ port: second.value, takenPort: asked })
    : err({ code: 'no-port', cause: second.error });
};

const tryPort = (server: Server, port: number): Promise<Result<number, string>> =>
  new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException): void => resolve(err(error.code ?? 'unknown'));
    server.once('error', failed);
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', failed);
      resolve(ok((server.address() as AddressInfo).port));
    });
  });

const close = async (server: Server, sockets: WebSocketServer): Promise<void> => {
  const lines = [...sockets.clients];
  const gone = lines.map((line) => new Promise((resolve) => line.once('close', resolve)));
  const ended = new Promise((resolve) => server.close(resolve));
  // 1001: going away. A browser that does not answer is not waited for.
  for (const line of lines) line.close(1001);
  server.closeAllConnections();
  const patience = setTimeout(() => {
    for (const line of lines) line.terminate();
  }, 500);
  await Promise.all([ended, ...gone]);
  clearTimeout(patience);
};
