/** What the main process says to the core's process. The first message is `start`. */
export type ToCore =
  | { readonly type: 'start'; readonly start: CoreStart }
  /** A port to a window comes with this. */
  | { readonly type: 'window' }
  /** The person has gone: the screen is locked, the computer sleeps or nobody has touched it. */
  | { readonly type: 'lock' }
  /** What came of asking for the system's browser. */
  | { readonly type: 'browser'; readonly id: number; readonly opened: boolean }
  /** Finish what is being written and end. */
  | { readonly type: 'close' };

/** What the core's process says to the main process: only there can the system's browser be opened. */
export type FromCore = { readonly type: 'open-browser'; readonly id: number; readonly url: string };

export type CoreStart = {
  readonly dataFolder: string;
  readonly regionUrl: string;
  /** By message, never in arguments or environment, which other programs can read. */
  readonly keyChainSecret: Uint8Array | null;
};
