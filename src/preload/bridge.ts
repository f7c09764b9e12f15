import type { BridgeListener, PreloadBridge } from '#shared/contract/bridge-line.ts';

/** The part of a MessagePort that is used here. */
export type PortLike = {
  readonly addEventListener: ((
    type: 'message',
    listener: (event: { readonly data: unknown }) => void,
  ) => void) &
    ((type: 'close', listener: () => void) => void);
  readonly start: () => void;
  readonly postMessage: (text: string) => void;
  readonly close: () => void;
};

export type PortBridge = {
  /** What the page gets. */
  readonly bridge: PreloadBridge;
  /** A port to a core has come: the first one, or that of a core that was started again. */
  readonly connect: (port: PortLike) => void;
  /** The core has ended. */
  readonly lose: () => void;
};

/**
 * Carries text between the page and whichever port leads to the core now. Before the first port calls
 * wait; after a loss they are refused until another port comes.
 */
export const portBridge = (): PortBridge => {
  let port: PortLike | null = null;
  let listener: BridgeListener = () => {};
  let early: string[] | null = [];

  const lose = (): void => {
    const old = port;
    // Before the first port nothing is lost: what was called waits on.
    if (old === null) return;
    port = null;
    old.close();
    listener('lost', '');
  };

  const connect = (next: PortLike): void => {
    const waiting = early;
    lose();
    early = null;
    port = next;
    next.addEventListener('close', () => {
      if (port === next) lose();
    });
    next.addEventListener('message', (event) => {
      if (port === next && typeof event.data === 'string') listener('frame', event.data);
    });
    next.start();
    if (waiting === null) listener('restored', '');
    else for (const text of waiting) next.postMessage(text);
  };

  return {
    bridge: {
      call: (text) => {
        // The page's world is not trusted with more than text.
        if (typeof text !== 'string') return false;
        if (early !== null) early.push(text);
        else if (port === null) return false;
        else port.postMessage(text);
        return true;
      },
      subscribe: (next) => {
        listener = next;
      },
    },
    connect,
    lose,
  };
};
