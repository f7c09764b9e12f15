import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { addCounts, broken, type Counts, type FaultRun } from './fault-run.ts';

/**
 * What was run of the promises, part by part: one file of JSON lines for each commit. A part stands there
 * once it has ended, so a run that was interrupted goes on where it stopped, and shards of one commit add up
 * wherever they ran.
 */

const entrySchema = z.object({
  run: z.string(),
  part: z.number(),
  of: z.number(),
  seed: z.number(),
  counts: z.record(z.string(), z.number()),
  /** What ended the part before its time. */
  trouble: z.string().optional(),
  seconds: z.number(),
  at: z.string(),
  machine: z.string(),
});
export type LedgerEntry = z.infer<typeof entrySchema>;

const root = path.resolve(import.meta.dirname, '../..');
const results = path.join(import.meta.dirname, 'results');

const git = (...args: readonly string[]): string =>
  execFileSync('git', [...args], { cwd: root, encoding: 'utf8' }).trim();

/**
 * The commit whose code runs, or null when there are changes that no commit holds: what ran then could not be
 * repeated by anybody. The ledger itself is no part of the code.
 */
export const commitRun = (): string | null => {
  try {
    const changed = git('status', '--porcelain', '--', '.', ':!tests/faults/results');
    return changed === '' ? git('rev-parse', '--short=12', 'HEAD') : null;
  } catch {
    return null;
  }
};

export const ledgerFile = (commit: string, folder = results): string =>
  path.join(folder, `${commit}.jsonl`);

/** A last line without its end is of a run that was killed while it wrote: that part counts as not run. */
export const readLedger = (file: string): readonly LedgerEntry[] => {
  if (!fs.existsSync(file)) return [];
  const text = fs.readFileSync(file, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => entrySchema.parse(JSON.parse(line)));
};

/** One write a line, so that shards may share a file; half a line of a killed run is cut off first. */
export const noteInLedger = (file: string, entry: LedgerEntry): void => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const text = fs.existsSync(file) ? fs.readFileSync(file) : Buffer.alloc(0);
  const whole = text.lastIndexOf('\n') + 1;
  if (whole < text.length) fs.truncateSync(file, whole);
  fs.appendFileSync(file, `${JSON.stringify(entry)}\n`);
};

/** One line for each promise: how much of it was run, and what was counted. */
export const sumsOf = (
  runs: readonly FaultRun[],
  entries: readonly LedgerEntry[],
): readonly string[] =>
  runs.flatMap((run) => {
    const own = entries.filter((entry) => entry.run === run.name);
    if (own.length === 0) return [];
    const done = new Set(own.map(({ part }) => part)).size;
    const sums = own.reduce<Counts>((total, { counts }) => addCounts(total, counts), {});
    const failed = own.filter(
      ({ counts, trouble }) => trouble !== undefined || broken(run, counts).length > 0,
    );
    const said = Object.entries(sums).map(([what, count]) => `${what} ${count}`);
    return [
      `${run.name}: ${done} of ${run.parts} parts; ${said.join(', ')}`,
      ...failed.map(({ part, seed, trouble, counts }) =>
        trouble === undefined
          ? `  part ${part} broke the promise, seed ${seed}: ${broken(run, counts).join(', ')}`
          : `  part ${part} ended early, seed ${seed}: ${trouble}`,
      ),
    ];
  });
