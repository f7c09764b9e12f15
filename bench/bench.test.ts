import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pullResponse } from '#shared/protocol/pull.ts';
import { limits } from '#shared/protocol/version.ts';
import { median, percentile } from './figures.ts';
import { benchmarkClients, pagesOf, preparePages } from './first-sync/pages.ts';
import { runBenchmarks } from './run.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'punos-bench-test-'));
});
afterAll(() => {
  fs.rmSync(folder, { recursive: true });
});

describe('the benchmarks', () => {
  it('run to their end on a few records, every arm with the same rows, and print both tables', async () => {
    const text = await runBenchmarks(
      { works: ['W1', 'W4'], records: 400, rounds: 1 },
      () => undefined,
    );
    for (const title of [
      'L: bare',
      'Bare inserts of our rows',
      'Punos, usable',
      'with full text',
    ]) {
      expect(text).toContain(title);
    }
    expect(text).toContain('Open a plan, first touch');
    expect(text).not.toMatch(/NaN|Infinity|undefined/u);
  });

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
