import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WebSocket } from 'ws';
import type { SocketLike } from '#renderer/client/websocket.ts';
import { startLoopbackHost, type LoopbackHost } from '#main/hosts/loopback/start-loopback-host.ts';
import type { ContractHost } from '#shared/contract/transport.ts';
import { contractPath } from '#shared/contract/loopback-line.ts';

/** A window as it is built, in small: enough to be served. */
export const makeWindowFolder = async (): Promise<{
  folder: string;
  remove: () => Promise<void>;
}> => {
  const root = await mkdtemp(path.join(tmpdir(), 'punos-window-'));
  const folder = path.join(root, 'window');
  await mkdir(path.join(folder, 'assets'), { recursive: true });
  await writeFile(path.join(folder, 'index.html'), '<!doctype html><title>Punos</title>');
  await writeFile(path.join(folder, 'assets/index-1.js'), 'export {};\n');
  await writeFile(path.join(folder, 'assets/index-1.js.map'), '{}');
  await writeFile(path.join(root, 'secret.txt'), 'not for the window');
  return { folder, remove: () => rm(root, { recursive: true, force: true }) };
};

export const startHost = async (
  core: ContractHost,
  windowFolder: string,
  onUnexpected: (callName: string, error: unknown) => void = () => {},
  port = 0,
): Promise<LoopbackHost> => {
  const host = await startLoopbackHost({ core, windowFolder, onUnexpected, port });
  if (!host.ok) throw new Error(`The loopback host did not start: ${host.error.code}`);
  return host.value;
};

export const tokenOf = (host: LoopbackHost): string =>
  new URLSearchParams(new URL(host.url).hash.slice(1)).get('token') ?? '';

export const lineUrl = (host: LoopbackHost): string => `ws://127.0.0.1:${host.port}${contractPath}`;

/** A browser's socket names the page's origin; Node's does not, so the real `ws` client says it here. */
export const openFrom =
  (origin: string) =>
  (url: string, protocols: string[]): SocketLike => {
    const socket = new WebSocket(url, protocols, { origin });
    socket.on('error', () => {});
    return socket;
  };
