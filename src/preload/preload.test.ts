import { MessageChannel } from 'node:worker_threads';
import { afterEach, expect, it, vi } from 'vitest';
import type { PreloadBridge } from '#shared/contract/bridge-line.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  // The next test loads the preload, and Electron's stand-in with it, anew.
  vi.resetModules();
});

const loadAt = async (origin: string) => {
  vi.stubGlobal('location', { origin });
  await import('./preload.ts');
  return import('../../tests/electron/electron.ts');
};

it('gives a page that is not ours nothing', async () => {
  const { contextBridge, ipcRenderer } = await loadAt('https://evil.example');
  expect(contextBridge.exposed.size).toBe(0);
  expect(ipcRenderer.sent).toEqual([]);
});

it('gives our page two functions that carry text, and asks for the line once', async () => {
  const { contextBridge, ipcRenderer } = await loadAt('punos://app');
  expect([...contextBridge.exposed.keys()]).toEqual(['punos']);
  const bridge = contextBridge.exposed.get('punos') as PreloadBridge;
  expect(Object.keys(bridge).toSorted()).toEqual(['call', 'subscribe']);
  expect(ipcRenderer.sent).toEqual(['punos:connect']);

  const heard: string[] = [];
  bridge.subscribe((what, text) => heard.push(`${what}${text}`));
  expect(bridge.call('before the port')).toBe(true);
  // The core falls before the first port comes: what was called waits on.
  ipcRenderer.emit('punos:lost');
  const { port1, port2 } = new MessageChannel();
  const arrived: unknown[] = [];
  port1.on('message', (data) => arrived.push(data));
  ipcRenderer.emit('punos:port', { ports: [port2] });
  expect(bridge.call('after')).toBe(true);
  expect(bridge.call({ text: 'no text' } as never)).toBe(false);
  await expect.poll(() => arrived).toEqual(['before the port', 'after']);
  port1.postMessage('an answer');
  port1.postMessage({ not: 'text' });
  await expect.poll(() => heard).toEqual(['framean answer']);

  port1.close();
  await expect.poll(() => heard).toEqual(['framean answer', 'lost']);
  expect(bridge.call('nobody hears')).toBe(false);
  const next = new MessageChannel();
  ipcRenderer.emit('punos:port', { ports: [next.port2] });
  expect(heard.at(-1)).toBe('restored');
  next.port1.close();
});
