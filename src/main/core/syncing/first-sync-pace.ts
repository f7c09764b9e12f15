/** How many clients still wait at a moment, milliseconds since 1970, UTC. */
type Sample = { readonly atMs: number; readonly waiting: number };

/** So far back the pace is looked at: long enough to be steady, short enough to follow the line. */
const windowMs = 30_000;
/** Before so much has been seen, nothing honest can be said. */
const leastSeenMs = 3_000;

/**
 * Says how long a first sync will go on by the pace of the last half minute: null until enough has been
 * seen, or when nothing moves. Never less than nothing; a new fetch begins a new count.
 */
export const firstSyncPace = () => {
  let samples: readonly Sample[] = [];
  return {
    note: (atMs: number, waiting: number): number | null => {
      const last = samples.at(-1);
      const goesOn = last !== undefined && last.waiting >= waiting && last.atMs <= atMs;
      samples = [...(goesOn ? samples : []), { atMs, waiting }].filter(
        (sample) => sample.atMs >= atMs - windowMs,
      );
      const [first] = samples;
      if (first === undefined || atMs - first.atMs < leastSeenMs) return null;
      const came = first.waiting - waiting;
      return came === 0 ? null : Math.ceil((waiting / came) * (atMs - first.atMs));
    },
    forget: (): void => {
      samples = [];
    },
  };
};
