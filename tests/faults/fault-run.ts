/** What was counted, by name: `runs`, `faults`, `lost`, … Counts of parts are added up, `worst…` are not. */
export type Counts = Readonly<Record<string, number>>;

export const promises = [
  'A1',
  'A2',
  'A3',
  'A4',
  'A5',
  'A6',
  'A7',
  'A8',
  'A9',
  'G7',
  'G7-REAL',
] as const;
export type PromiseName = (typeof promises)[number];

/** What a part is given, besides its seed. */
export type FaultTools = {
  /** Says what goes on while it goes on. */
  readonly report: (line: string) => void;
  /** A folder of this run alone; it is removed at the end. */
  readonly folder: string;
};

/** Everything a run keeps between its parts: a database, say. */
export type StartedRun = {
  /** One part. Every choice in it comes from the seed; a promise broken is counted, not thrown. */
  readonly part: (seed: number) => Promise<Counts>;
  readonly end: () => Promise<void>;
};

/**
 * One promise of docs/reliability.md at its full size, cut into parts that can be run one by one, on any
 * day and in any order, and added up in the ledger.
 */
export type FaultRun = {
  readonly name: PromiseName;
  /** The promise in a sentence, as docs/reliability.md has it. */
  readonly promise: string;
  /** So many parts make the size that the promise speaks of. */
  readonly parts: number;
  /** Counts that must be 0 in every part. */
  readonly never: readonly string[];
  readonly start: (tools: FaultTools) => Promise<StartedRun>;
};

/** The higher of two is kept for what is named `worst…`; everything else is a sum. */
export const addCounts = (sums: Counts, more: Counts): Counts =>
  Object.entries(more).reduce<Counts>((total, [what, count]) => {
    const before = total[what] ?? 0;
    const both = what.startsWith('worst') ? Math.max(before, count) : before + count;
    return { ...total, [what]: both };
  }, sums);

/** What a part counted though it must never be. */
export const broken = (run: Pick<FaultRun, 'never'>, counts: Counts): readonly string[] =>
  run.never.filter((what) => (counts[what] ?? 0) > 0);
