/**
 * What the preload gives the page: a line of JSON frames to the core, nothing more. Text, because
 * Electron copies objects between the two worlds value by value, and a whole plan is a large object.
 */
export type PreloadBridge = {
  /** Sends one call's frame; false when the core is away, so that nobody waits for an answer. */
  readonly call: (frameText: string) => boolean;
  /** Gives replies and events as they come, and the state of the line. One subscriber, the client. */
  readonly subscribe: (listener: BridgeListener) => void;
};

/** `text` is a frame for `frame`, and empty otherwise. */
export type BridgeListener = (what: 'frame' | 'lost' | 'restored', text: string) => void;

/** The preload's name on the page's `window`. */
export const bridgeName = 'punos';

/** The origin of the window's own pages in the Electron host. */
export const windowOrigin = 'punos://app';

/** What preload and main process say to each other; everything else goes through the port. */
export const bridgeChannels = {
  /** Preload to main: this page has loaded and wants a line. */
  connect: 'punos:connect',
  /** Main to preload: a port to the core comes with this. */
  port: 'punos:port',
  /** Main to preload: the core has ended; another port will follow. */
  lost: 'punos:lost',
} as const;
