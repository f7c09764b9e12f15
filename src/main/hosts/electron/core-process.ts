import {
  MessageChannelMain,
  utilityProcess,
  type MessagePortMain,
  type UtilityProcess,
} from 'electron';
import type { CoreStart, FromCore, ToCore } from './core-messages.ts';

export type CoreProcessOptions = {
  /** The built file that runs in the process. */
  readonly file: string;
  readonly start: CoreStart;
  /** The core has ended without being asked. Another is on its way. */
  readonly onLost: () => void;
  /** Another core has begun; windows need new ports. */
  readonly onRestarted: () => void;
  /** The core asks for the system's browser. */
  readonly openBrowser: (url: string) => Promise<boolean>;
};

export type CoreProcess = {
  /** A port to the core that runs now, for one window. */
  readonly openPort: () => MessagePortMain;
  readonly lock: () => void;
  /** Lets the core finish what it writes, for at most ten seconds, and ends it. */
  readonly close: () => Promise<void>;
};

/** Pauses before the first restart, the second and so on, in milliseconds; the last one repeats. */
const pauses = [0, 1_000, 5_000, 15_000, 30_000] as const;

/** A core that has lived this long is taken to be well: the next restart is at once again. */
const wellAfter = 60_000;

const patience = 10_000;

/**
 * Keeps the core alive in a process of its own, so that heavy work never stops a window and a crash
 * takes neither with it. What was written is in the case file; a restarted core begins locked.
 */
export const startCoreProcess = (options: CoreProcessOptions): CoreProcess => {
  let child: UtilityProcess | null = null;
  let restarts = 0;
  let closing: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  const answer = async (asking: UtilityProcess, { id, url }: FromCore): Promise<void> => {
    const opened = await options.openBrowser(url);
    say(asking, { type: 'browser', id, opened });
  };

  const begin = (): void => {
    const mine = utilityProcess.fork(options.file, [], {
      serviceName: 'Punos core',
      // Nothing of what loads code or debugs a Node process is inherited.
      env: withoutNodeOptions(process.env),
      stdio: 'inherit',
    });
    const startedAt = Date.now();
    child = mine;
    say(mine, { type: 'start', start: options.start });
    mine.on('message', (message: FromCore) => {
      void answer(mine, message);
    });
    mine.once('exit', () => {
      if (child === mine) child = null;
      if (closing !== null) return;
      if (Date.now() - startedAt >= wellAfter) restarts = 0;
      options.onLost();
      const pause = pauses[Math.min(restarts, pauses.length - 1)];
      restarts += 1;
      timer = setTimeout(() => {
        begin();
        options.onRestarted();
      }, pause);
    });
  };

  const end = (): Promise<void> => {
    clearTimeout(timer);
    const last = child;
    if (last === null) return Promise.resolve();
    return new Promise((resolve) => {
      const impatience = setTimeout(() => last.kill(), patience);
      last.once('exit', () => {
        clearTimeout(impatience);
        resolve();
      });
      say(last, { type: 'close' });
    });
  };

  begin();
  return {
    openPort: () => {
      const { port1, port2 } = new MessageChannelMain();
      // Without a core the port closes at once, and the window knows.
      if (child === null) port1.close();
      else say(child, { type: 'window' }, [port1]);
      return port2;
    },
    lock: () => {
      if (child !== null) say(child, { type: 'lock' });
    },
    close: () => {
      closing ??= end();
      return closing;
    },
  };
};

const say = (child: UtilityProcess, message: ToCore, ports: MessagePortMain[] = []): void =>
  child.postMessage(message, ports);

const withoutNodeOptions = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !/^(NODE_|ELECTRON_)/u.test(entry[0]),
    ),
  );
