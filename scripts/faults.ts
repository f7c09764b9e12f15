import { randomInt } from 'node:crypto';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { promises, type PromiseName } from '../tests/faults/fault-run.ts';
import { commitRun, ledgerFile, noteInLedger, readLedger, sumsOf } from '../tests/faults/ledger.ts';
import { runParts } from '../tests/faults/run-parts.ts';
import { faultRuns } from '../tests/faults/runs.ts';

/**
 * `npm run faults -- [A1 … A9] [G7] [--shard K/N] [--minutes M] [--seed S]`: the promises of
 * docs/reliability.md at their full size, part by part, into the ledger of the commit.
 */

const usage = `Usage: npm run faults -- [${promises.join('] [')}] [--shard K/N] [--minutes M] [--seed S]

--shard K/N    this one of N that share the work, wherever they run
--minutes M    begins no part after M minutes; the next run goes on from there
--seed S       the beginning of every choice; what runs so is not taken from the ledger, nor written to it
--sums         only adds up what the ledger of this commit holds`;

type Asked = {
  readonly names: readonly PromiseName[];
  readonly shard: { readonly index: number; readonly of: number };
  readonly minutes: number;
  readonly seed: number | null;
  readonly sums: boolean;
};

const readAsked = (): Asked | null => {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: {
        shard: { type: 'string', default: '1/1' },
        minutes: { type: 'string', default: '1000000' },
        seed: { type: 'string' },
        sums: { type: 'boolean', default: false },
      },
    });
    const wanted = new Set(positionals.map((name) => name.toUpperCase()));
    const names = promises.filter((name) => wanted.size === 0 || wanted.has(name));
    const [, index = 0, of = 0] = (/^(\d+)\/(\d+)$/.exec(values.shard) ?? []).map(Number);
    const minutes = Number(values.minutes);
    const seed = values.seed === undefined ? null : Number(values.seed);
    const all = wanted.size === 0 || names.length === wanted.size;
    const numbers = index >= 1 && index <= of && minutes > 0;
    if (!all || !numbers || (seed !== null && !Number.isSafeInteger(seed))) return null;
    return { names, shard: { index, of }, minutes, seed, sums: values.sums };
  } catch {
    return null;
  }
};

const main = async (): Promise<number> => {
  const asked = readAsked();
  if (!asked) {
    console.error(usage);
    return 2;
  }
  const runs = faultRuns.filter(({ name }) => asked.names.includes(name));
  const commit = asked.seed === null ? commitRun() : null;
  const ledger = commit === null ? null : ledgerFile(commit);
  const seed = asked.seed ?? randomInt(2 ** 31);
  const untilMs = performance.now() + asked.minutes * 60_000;
  let held = true;
  if (!asked.sums) {
    console.error(
      ledger === null
        ? 'Not written to the ledger: only what a commit holds is, with seeds by chance.'
        : `Ledger: ${path.relative(process.cwd(), ledger)}`,
    );
    console.error(`Seed ${seed}; each part has one of its own, made from it.`);
    for (const run of runs) {
      const entries = ledger === null ? [] : readLedger(ledger);
      const own = entries.filter((entry) => entry.run === run.name);
      const allHeld = await runParts(run, {
        shard: asked.shard,
        done: new Set(own.map(({ part }) => part)),
        untilMs,
        seed,
        report: (line) => console.error(line),
        note: (entry) => {
          if (ledger !== null) noteInLedger(ledger, entry);
        },
      });
      held &&= allHeld;
    }
  }
  if (ledger !== null) {
    console.log(`\nCommit ${commit}`);
    for (const line of sumsOf(runs, readLedger(ledger))) console.log(line);
  }
  return held ? 0 : 1;
};

process.exitCode = await main();
