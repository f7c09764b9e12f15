import fs from 'node:fs';
import path from 'node:path';
import { runFresh } from '../child.ts';
import { median } from '../figures.ts';
import { startPageServer } from '../first-sync/first-sync.ts';
import { preparePages, recordsPerClient } from '../first-sync/pages.ts';
import type { Report } from '../report.ts';
import { table } from '../table.ts';
import type { OpeningTimes, ScreenResult } from './screen-result.ts';

export type ScreenResults = {
  readonly records: number;
  readonly rounds: readonly ScreenResult[];
};

/** G8: plans opened in the core while a first sync goes on beside it. */
export const measureScreen = async (
  options: { readonly records: number; readonly rounds: number; readonly folder: string },
  report: Report,
): Promise<ScreenResults> => {
  const folder = path.join(options.folder, 'screen');
  const pageFolder = path.join(folder, 'pages');
  fs.mkdirSync(pageFolder, { recursive: true });
  const clients = Math.max(1, Math.round(options.records / recordsPerClient));
  const pages = preparePages(pageFolder, clients, recordsPerClient);
  const server = await startPageServer(pageFolder, pages.pages);
  const rounds: ScreenResult[] = [];
  try {
    for (let round = 1; round <= options.rounds; round += 1) {
      const place = path.join(folder, 'desk');
      fs.mkdirSync(place);
      const program = path.join(import.meta.dirname, 'run-screen.ts');
      const input = { folder: place, url: server.url, quietOpenings: 300 };
      rounds.push((await runFresh(program, input)) as ScreenResult);
      fs.rmSync(place, { recursive: true });
      report(`G8: round ${round}`);
    }
  } finally {
    await server.stop();
  }
  return { records: pages.records, rounds };
};

const phases = [
  ['During the first sync', 'syncing'],
  ['While texts are indexed', 'indexing'],
  ['When all is quiet', 'quiet'],
] as const;

/** The table of G8, in Markdown. */
export const reportScreen = ({ records, rounds }: ScreenResults): readonly string[] => {
  const figure = (phase: keyof ScreenResult, of: (times: OpeningTimes) => number): number =>
    median(rounds.map((round) => of(round[phase])));
  const quiet = figure('quiet', ({ p99Ms }) => p99Ms);
  return [
    '## G8: the core during a first sync',
    '',
    `Plans of ${recordsPerClient} records opened one after the other in the core, while a first sync of ` +
      `${records.toLocaleString('en-GB')} records works in its own thread with its own connection. Median of ` +
      `${rounds.length} rounds; wall times, which a busy machine spoils.`,
    '',
    ...table(
      ['When', 'opened', 'p50 ms', 'p99 ms', 'p99 / quiet', 'longest stall ms'],
      phases.map(([title, phase]) => [
        title,
        figure(phase, ({ opened }) => opened).toFixed(0),
        figure(phase, ({ p50Ms }) => p50Ms).toFixed(2),
        figure(phase, ({ p99Ms }) => p99Ms).toFixed(2),
        (figure(phase, ({ p99Ms }) => p99Ms) / quiet).toFixed(2),
        figure(phase, ({ longestStallMs }) => longestStallMs).toFixed(1),
      ]),
    ),
  ];
};
