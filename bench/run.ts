import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { measureFirstSync } from './first-sync/first-sync.ts';
import { reportFirstSync } from './first-sync/report.ts';
import { measureReads } from './reads/reads.ts';
import { reportReads } from './reads/report.ts';
import { circumstances, type Report } from './report.ts';

export const workNames = ['W1', 'W4'] as const;
export type WorkName = (typeof workNames)[number];

export type BenchOptions = {
  readonly works: readonly WorkName[];
  /** Of the first sync; the reads' case file grows and shrinks with it. */
  readonly records: number;
  readonly rounds: number;
};

export const usualRecords = 80_000;
export const usualRounds = 5;

/** Measures and answers the report in Markdown. What it wrote to the disk is gone afterwards. */
export const runBenchmarks = async (options: BenchOptions, report: Report): Promise<string> => {
  const startedAt = new Date();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'punos-bench-'));
  const sections: (readonly string[])[] = [];
  const { rounds, records } = options;
  try {
    if (options.works.includes('W1')) {
      sections.push(reportFirstSync(await measureFirstSync({ records, rounds, folder }, report)));
    }
    if (options.works.includes('W4')) {
      const scale = records / usualRecords;
      sections.push(reportReads(await measureReads({ scale, rounds, folder }, report)));
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  return [circumstances(startedAt), ...sections].map((lines) => lines.join('\n')).join('\n\n');
};
