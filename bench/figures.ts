/** What one piece of work cost the process that did it. */
export type Cost = {
  /** User and system time of the whole process, all threads, in milliseconds. */
  readonly cpuMs: number;
  readonly wallMs: number;
};

/** Starts a clock; the function it answers reads it, as often as asked. */
export const startClock = (): (() => Cost) => {
  const cpu = process.cpuUsage();
  const wall = performance.now();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { cpuMs: (user + system) / 1_000, wallMs: performance.now() - wall };
  };
};

/** The most memory this process has held, in bytes. */
export const peakMemory = (): number => process.resourceUsage().maxRSS * 1_024;

/** The value below which the given share (0–1) of the values lies, by the nearest rank. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  const value = sorted[rank - 1];
  if (value === undefined) throw new Error('No values to take a percentile of');
  return value;
};

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new Error('No values to take a median of');
  return (upper + lower) / 2;
};
