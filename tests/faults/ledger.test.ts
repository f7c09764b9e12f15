import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addCounts, type FaultRun } from './fault-run.ts';
import { ledgerFile, noteInLedger, readLedger, sumsOf, type LedgerEntry } from './ledger.ts';
import { runParts, seedOfPart } from './run-parts.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'punos-ledger-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const counting = (part: (seed: number) => number): FaultRun => ({
  name: 'A4',
  promise: 'Devices converge',
  parts: 6,
  never: ['lost'],
  start: async () => ({
    part: async (seed) => {
      const lost = part(seed);
      if (lost < 0) throw new Error('The database went away.');
      return { changes: 10, lost, worstSeconds: seed % 7 };
    },
    end: async () => {},
  }),
});

const run = async (
  faultRun: FaultRun,
  file: string,
  shard = { index: 1, of: 1 },
  minutes = 1,
): Promise<{ readonly held: boolean; readonly parts: readonly number[] }> => {
  const parts: number[] = [];
  const held = await runParts(faultRun, {
    shard,
    done: new Set(readLedger(file).map((entry: LedgerEntry) => entry.part)),
    untilMs: performance.now() + minutes * 60_000,
    seed: 7,
    report: () => {},
    note: (entry) => {
      parts.push(entry.part);
      noteInLedger(file, entry);
    },
  });
  return { held, parts };
};

describe('the ledger of what was run', () => {
  it('shards deal the parts out among them and add up to the whole, each part once', async () => {
    const file = ledgerFile('shards', folder);
    const whole = counting(() => 0);
    const one = await run(whole, file, { index: 1, of: 2 });
    const two = await run(whole, file, { index: 2, of: 2 });
    expect([one, two]).toEqual([
      { held: true, parts: [1, 3, 5] },
      { held: true, parts: [2, 4, 6] },
    ]);
    expect(await run(whole, file)).toEqual({ held: true, parts: [] });
    const [sum] = sumsOf([whole], readLedger(file));
    expect(sum).toContain('A4: 6 of 6 parts; changes 60, lost 0, worstSeconds');
  });

  it('a run that was killed while it wrote goes on with the part that it wrote half', async () => {
    const file = ledgerFile('killed', folder);
    const whole = counting(() => 0);
    await run(whole, file);
    const text = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(file, text.slice(0, -20));
    expect(readLedger(file)).toHaveLength(5);
    expect((await run(whole, file)).parts).toEqual([6]);
    expect(new Set(readLedger(file).map(({ part }) => part)).size).toBe(6);
  });

  it('no part begins after the time that was given', async () => {
    expect(
      (
        await run(
          counting(() => 0),
          ledgerFile('late', folder),
          undefined,
          0,
        )
      ).parts,
    ).toEqual([]);
  });

  it('a broken promise and a part that ended early fail the run, and are named with their seeds', async () => {
    const file = ledgerFile('broken', folder);
    const second = seedOfPart(7, 'A4', 2);
    const third = seedOfPart(7, 'A4', 3);
    const bad = counting((seed) => (seed === second ? 1 : seed === third ? -1 : 0));
    expect((await run(bad, file)).held).toBe(false);
    const lines = sumsOf([bad], readLedger(file));
    expect(lines.slice(1)).toEqual([
      `  part 2 broke the promise, seed ${second}: lost`,
      `  part 3 ended early, seed ${third}: The database went away.`,
    ]);
  });

  it('of what is named worst the higher is kept, everything else is added', () => {
    expect(addCounts({ runs: 1, worstSeconds: 4 }, { runs: 2, worstSeconds: 3, lost: 1 })).toEqual({
      runs: 3,
      worstSeconds: 4,
      lost: 1,
    });
  });
});
