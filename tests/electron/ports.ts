import type { MessagePort } from 'node:worker_threads';
import type { CorePort } from '#main/hosts/electron/serve-port.ts';
import type { PortLike } from '#preload/bridge.ts';

/** Node's real port in the shape of Electron's MessagePortMain: events carry `{ data }`. */
export const corePort = (port: MessagePort): CorePort => {
  // Electron's ports deliver nothing before `start`; Node's begin with the first listener, so it waits.
  const listeners: ((message: { readonly data: unknown }) => void)[] = [];
  return {
    on: (event: 'message' | 'close', listener: (message: { readonly data: unknown }) => void) => {
      if (event === 'message') listeners.push(listener);
      else port.on('close', () => listener({ data: undefined }));
    },
    start: () => {
      port.on('message', (data: unknown) => {
        for (const listener of listeners) listener({ data });
      });
    },
    postMessage: (text) => port.postMessage(text),
    close: () => port.close(),
  };
};

/** Node's port has the DOM's own listeners already. */
export const windowPort = (port: MessagePort): PortLike => port as unknown as PortLike;
