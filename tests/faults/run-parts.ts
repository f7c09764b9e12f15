import { createHash } from 'node:crypto';
import os from 'node:os';
import { newEngineFolder, removeFolder } from '../region/engine-folder.ts';
import { broken, type Counts, type FaultRun, type StartedRun } from './fault-run.ts';
import type { LedgerEntry } from './ledger.ts';

export type PartsAsked = {
  /** This one of so many that share the work: part numbers are dealt out in turn. */
  readonly shard: { readonly index: number; readonly of: number };
  /** Parts that need not be run again. */
  readonly done: ReadonlySet<number>;
  /** No part is begun after this moment, in milliseconds of `performance.now`. */
  readonly untilMs: number;
  /** From this and the part's number its seed is made. */
  readonly seed: number;
  readonly report: (line: string) => void;
  readonly note: (entry: LedgerEntry) => void;
};

/** Each part has a seed of its own, the same for the same beginning. */
export const seedOfPart = (seed: number, name: string, part: number): number =>
  createHash('sha256').update(`${seed} ${name} ${part}`).digest().readUInt32BE() >>> 1;

const machine = (): string =>
  `${os.cpus()[0]?.model.trim() ?? 'unknown'}, ${os.availableParallelism()} cores, Node ${process.version}`;

/** Runs the parts of one promise that are this shard's and not done yet. @returns whether all held */
export const runParts = async (run: FaultRun, asked: PartsAsked): Promise<boolean> => {
  const parts = Array.from({ length: run.parts }, (_, index) => index + 1).filter(
    (part) => part % asked.shard.of === asked.shard.index % asked.shard.of && !asked.done.has(part),
  );
  if (parts.length === 0) return true;
  const folder = await newEngineFolder();
  let held = true;
  try {
    const started = await run.start({ report: asked.report, folder });
    try {
      for (const part of parts) {
        if (performance.now() >= asked.untilMs) break;
        const seed = seedOfPart(asked.seed, run.name, part);
        const entry = await onePart(run, started, part, seed);
        asked.note(entry);
        const bad = entry.trouble ?? broken(run, entry.counts).join(', ');
        if (bad !== '') held = false;
        asked.report(
          `${run.name} part ${part} of ${run.parts}, seed ${seed}, ${entry.seconds} s: ` +
            `${JSON.stringify(entry.counts)}${bad === '' ? '' : ` – BROKEN: ${bad}`}`,
        );
      }
    } finally {
      await started.end();
    }
  } finally {
    await removeFolder(folder);
  }
  return held;
};

const onePart = async (
  run: FaultRun,
  started: StartedRun,
  part: number,
  seed: number,
): Promise<LedgerEntry> => {
  const begun = performance.now();
  let counts: Counts = {};
  let trouble: string | undefined;
  try {
    counts = await started.part(seed);
  } catch (error) {
    trouble = error instanceof Error ? error.message : String(error);
  }
  return {
    run: run.name,
    part,
    of: run.parts,
    seed,
    counts: { ...counts },
    ...(trouble === undefined ? {} : { trouble }),
    seconds: Math.round((performance.now() - begun) / 100) / 10,
    at: new Date().toISOString(),
    machine: machine(),
  };
};
