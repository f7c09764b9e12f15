import { serveTextWindow } from '#shared/contract/serve.ts';
import type { ContractHost } from '#shared/contract/transport.ts';

/** The part of Electron's MessagePortMain that is used here. */
export type CorePort = {
  readonly on: ((
    event: 'message',
    listener: (message: { readonly data: unknown }) => void,
  ) => unknown) &
    ((event: 'close', listener: () => void) => unknown);
  readonly start: () => void;
  readonly postMessage: (text: string) => void;
  readonly close: () => void;
};

/** Serves the window at the other end of a port until either end closes. Returns what ends it. */
export const servePort = (
  core: ContractHost,
  port: CorePort,
  onUnexpected: (callName: string, error: unknown) => void,
): (() => void) => {
  const served = serveTextWindow(core, (text) => port.postMessage(text), onUnexpected);
  port.on('message', (message) => served.receive(message.data));
  port.on('close', () => served.close());
  port.start();
  return () => {
    served.close();
    port.close();
  };
};
