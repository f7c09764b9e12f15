export type OpeningTimes = {
  readonly opened: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The longest that the core's event loop answered nothing, its own openings included. */
  readonly longestStallMs: number;
};

export type ScreenResult = {
  readonly syncing: OpeningTimes;
  /** While the index of texts is built behind the usable screen. */
  readonly indexing: OpeningTimes;
  readonly quiet: OpeningTimes;
};
