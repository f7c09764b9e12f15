import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pullResponse } from '#shared/protocol/pull.ts';
import { limits } from '#shared/protocol/version.ts';
import { median, percentile } from './figures.ts';
import { benchmarkClients, pagesOf, preparePages } from './first-sync/pages.ts';
import { cellName, startCell, whatIsSeen, type CellEdit } from './plans/plan-work.ts';
import { runBenchmarks } from './run.ts';
import { workNames, type WorkName } from './works.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'punos-bench-test-'));
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

describe('the benchmarks', () => {
  const titles: Readonly<Record<WorkName, readonly string[]>> = {
    W1: ['L: bare', 'Bare inserts of our rows', 'Punos, usable', 'with full text'],
    W2: ['Punos, FULL (as it ships)', 'an edit fetched:', "On the region's disk"],
    W3: ['L: bare', 'Punos, FULL (as it ships)'],
    W4: ['Open a plan, first touch'],
    W5: ['Append, 500 a body', 'A pull without news'],
    G1b: ['every plan of one’s own opens'],
    G4: ['of it stretching ms', 'Go to the plan'],
    G5: ['Beyond it, B an edit'],
    G8: ['During the first sync'],
    G10: ['Write a note (FULL)'],
  };

  // Each arm checks what it holds at the end, and fails when anything is missing. Every arm is a process
  // of its own, and some start a region with its database: on a busy machine that takes its time.
  it.each(workNames)(
    'run %s to its end on a few records and print its table',
    { timeout: 300_000 },
    async (name) => {
      const options = { works: [name], records: 400, rounds: 1, peers: false };
      const text = await runBenchmarks(options, () => undefined);
      for (const title of titles[name]) expect(text).toContain(title);
      expect(text).not.toMatch(/NaN|undefined/u);
    },
  );

  it('send pages that the wire’s schema takes, of the size that the server cuts them to', () => {
    const pages = [...pagesOf(benchmarkClients(80, 40))];
    expect(pages.length).toBeGreaterThan(1);
    for (const [index, page] of pages.entries()) {
      expect(pullResponse.safeParse(page).success).toBe(true);
      expect(page.more).toBe(index < pages.length - 1);
      expect(JSON.stringify(page).length).toBeLessThan(1.5 * limits.pageBytes);
    }
    expect(pages.flatMap((page) => page.changes)).toHaveLength(80 * 40);
    const scopes = pages.flatMap((page) => page.entered.map((scope) => JSON.stringify(scope)));
    expect(new Set(scopes).size).toBe(scopes.length);
  });

  it('prepare the same pages every time', () => {
    const [one, other] = ['a', 'b'].map((name) => path.join(folder, name));
    for (const place of [one, other]) fs.mkdirSync(place ?? '');
    expect(preparePages(one ?? '', 5, 40)).toEqual(preparePages(other ?? '', 5, 40));
  });
});

describe('what is seen after devices have met', () => {
  const edit = (set: CellEdit['set']): CellEdit => ({ plan: 0, record: 0, set });
  const one = [edit({ title: 'Yksi', lifeArea: 'money' })];
  const other = [edit({ title: 'Kaksi' })];
  const start = startCell(0, 0);
  const name = cellName(0, 0);
  const seen = (...cells: readonly (typeof start)[]) =>
    whatIsSeen(new Map([[name, cells]]), [one, other]);

  it('is everything when both versions are shown', () => {
    const both = seen({ title: 'Yksi', lifeArea: 'money' }, { ...start, title: 'Kaksi' });
    expect(both).toEqual({ edited: 1, nobodys: 0, lastWords: 2, unseen: 0 });
  });

  it('misses what the last writer overwrote', () => {
    expect(seen({ ...start, title: 'Kaksi' })).toMatchObject({ nobodys: 0, unseen: 1 });
  });

  it('is nobody’s when fields of two people are mixed, or when neither edit is there', () => {
    expect(seen({ title: 'Kaksi', lifeArea: 'money' })).toMatchObject({ nobodys: 1, unseen: 2 });
    expect(seen(start)).toMatchObject({ nobodys: 1, unseen: 2 });
  });
});

describe('the figures', () => {
  it('take the middle, and the nearest rank', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile([7], 0.99)).toBe(7);
  });
});
