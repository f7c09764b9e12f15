import { startNodeCore } from '../node/node-core.ts';
import type { CoreHandle } from '../node/core-handle.ts';
import { askForBrowser, type OpenBrowser } from './ask-for-browser.ts';
import type { CoreStart, FromCore, ToCore } from './core-messages.ts';
import { servePort, type CorePort } from './serve-port.ts';

/** The part of Electron's `process.parentPort` that is used here. */
export type ParentPortLike = {
  readonly on: (
    event: 'message',
    listener: (message: { readonly data: unknown; readonly ports: readonly CorePort[] }) => void,
  ) => unknown;
  readonly postMessage: (message: FromCore) => void;
};

export type CoreMainParts = {
  readonly parentPort: ParentPortLike;
  readonly startCore: (start: CoreStart, openBrowser: OpenBrowser) => CoreHandle;
  readonly exit: (code: number) => void;
  /** One line for the host's log. */
  readonly log: (line: string) => void;
};

/** The core in its process: serves windows over the ports that the main process hands in. */
export const runCoreMain = ({ parentPort, startCore, exit, log }: CoreMainParts): void => {
  let core: CoreHandle | null = null;
  const browser = askForBrowser((message) => parentPort.postMessage(message));

  // The error's own words may hold what somebody wrote, so the log gets its kind alone.
  const logUnexpected = (callName: string, error: unknown): void => {
    log(`${callName} failed: ${error instanceof Error ? error.name : typeof error}`);
  };

  const close = async (): Promise<void> => {
    const ending = core;
    core = null;
    try {
      await ending?.close();
      exit(0);
    } catch (error) {
      logUnexpected('closing', error);
      exit(1);
    }
  };

  const lock = async (): Promise<void> => {
    try {
      await core?.handlers['session.lock']({});
    } catch (error) {
      // What cannot be locked must not stay open: the next process starts locked.
      logUnexpected('locking', error);
      exit(1);
    }
  };

  parentPort.on('message', ({ data, ports }) => {
    const message = data as ToCore;
    switch (message.type) {
      case 'start':
        core = startCore(message.start, browser.open);
        return;
      case 'window': {
        const [port] = ports;
        if (core === null || port === undefined) return;
        servePort(core, port, logUnexpected);
        return;
      }
      case 'lock':
        void lock();
        return;
      case 'browser':
        browser.hear(message.id, message.opened);
        return;
      case 'close':
        void close();
        return;
    }
  });
};

// Only Electron's utility process has this port; the tests bring their own.
if (process.parentPort !== undefined) {
  runCoreMain({
    parentPort: process.parentPort,
    startCore: (start, openBrowser) => startNodeCore({ ...start, openBrowser }),
    exit: (code) => process.exit(code),
    log: (line) => void process.stderr.write(`${line}\n`),
  });
}
