import {
  contractProtocol,
  tokenProtocolPrefix,
  tokenRefused,
} from '#shared/contract/loopback-line.ts';
import type { ContractClient, RequestFrame } from '#shared/contract/transport.ts';
import { frameOf } from '#shared/contract/frame-text.ts';
import { frameClient } from './frame-client.ts';

/** The part of the browser's WebSocket that is used here. */
export type SocketLike = {
  readonly addEventListener: ((type: 'open', listener: () => void) => void) &
    ((type: 'message', listener: (event: { readonly data: unknown }) => void) => void) &
    ((type: 'close', listener: (event: { readonly code: number }) => void) => void);
  readonly send: (text: string) => void;
  readonly close: () => void;
};

export type WebSocketLine = {
  /** `ws://127.0.0.1:PORT/contract` */
  readonly url: string;
  readonly token: string;
  readonly open?: (url: string, protocols: string[]) => SocketLike;
  /** Runs a function after so many milliseconds; returns what calls it off. */
  readonly later?: (run: () => void, milliseconds: number) => () => void;
};

const firstPause = 250;
const longestPause = 5_000;

/**
 * The contract over the loopback host's WebSocket. A broken line is opened again, with pauses from a
 * quarter of a second to five; calls under way then answer `connection-lost`, because nobody can know
 * whether the core did them. Calls made while an attempt is under way wait for its outcome.
 */
export const webSocketClient = (options: WebSocketLine): ContractClient => {
  const open = options.open ?? openSocket;
  const later = options.later ?? afterTimeout;

  return frameClient((end) => {
    let state: 'connecting' | 'open' | 'pausing' | 'ended' = 'connecting';
    let socket: SocketLike | null = null;
    let pause = firstPause;
    let callOff = (): void => {};
    let wasLost = false;
    let unsent: RequestFrame[] = [];

    const connect = (): void => {
      state = 'connecting';
      const mine = open(options.url, [contractProtocol, tokenProtocolPrefix + options.token]);
      socket = mine;
      mine.addEventListener('open', () => {
        if (state !== 'connecting' || socket !== mine) return;
        state = 'open';
        const again = wasLost;
        wasLost = false;
        const frames = unsent;
        unsent = [];
        for (const frame of frames) mine.send(JSON.stringify(frame));
        if (again) end.restored();
      });
      mine.addEventListener('message', (event) => {
        if (socket !== mine || typeof event.data !== 'string') return;
        // Only a line that carries answers is a good one: a host that takes and drops connections
        // must not be asked four times a second for ever.
        pause = firstPause;
        end.receive(frameOf(event.data));
      });
      // The browser tells nothing of an error; the close that follows does what is needed.
      mine.addEventListener('close', (event) => {
        if (socket !== mine || state === 'ended') return;
        socket = null;
        unsent = [];
        wasLost = true;
        state = event.code === tokenRefused ? 'ended' : 'pausing';
        end.lost();
        if (state === 'ended') return;
        callOff = later(connect, pause);
        pause = Math.min(pause * 2, longestPause);
      });
    };

    connect();
    return {
      send: (frame) => {
        if (state === 'connecting') {
          unsent.push(frame);
          return true;
        }
        if (state !== 'open' || socket === null) return false;
        socket.send(JSON.stringify(frame));
        return true;
      },
      close: () => {
        state = 'ended';
        callOff();
        unsent = [];
        const last = socket;
        socket = null;
        last?.close();
      },
    };
  });
};

const openSocket = (url: string, protocols: string[]): SocketLike => new WebSocket(url, protocols);

const afterTimeout = (run: () => void, milliseconds: number): (() => void) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};
