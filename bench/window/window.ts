import fs from 'node:fs';
import path from 'node:path';
import { runFresh } from '../child.ts';
import { median, percentile } from '../figures.ts';
import type { Report } from '../report.ts';
import { table } from '../table.ts';
import type { WindowResult } from './window-result.ts';

export type WindowResults = { readonly few: WindowResult; readonly many: WindowResult };

/**
 * G4 and G9: from the key to the painted screen, in a real Chromium. The window must have been built
 * (`npm run build:window`).
 */
export const measureWindow = async (
  options: {
    readonly few: number;
    readonly many: number;
    readonly unlocks: number;
    readonly times: number;
    readonly folder: string;
  },
  report: Report,
): Promise<WindowResults> => {
  const windowFolder = path.resolve(import.meta.dirname, '../../out/window');
  if (!fs.existsSync(windowFolder)) {
    throw new Error('The window is not built: npm run build:window');
  }
  const once = async (clients: number, times: number): Promise<WindowResult> => {
    const folder = path.join(options.folder, 'window');
    fs.mkdirSync(folder);
    const { unlocks } = options;
    const program = path.join(import.meta.dirname, 'page/run-window.ts');
    const input = { folder, windowFolder, clients, recordsPerClient: 40, unlocks, times };
    const result = (await runFresh(program, input)) as WindowResult;
    fs.rmSync(folder, { recursive: true });
    report(`G4 and G9: with ${clients} clients`);
    return result;
  };
  // With few clients only the unlocking is told.
  return { few: await once(options.few, 0), many: await once(options.many, options.times) };
};

const titles = {
  'open-client': 'Open a client from the list',
  'open-plan': 'Go to the plan',
  'type-in-list': 'A letter typed above the list',
} as const;

const ms = (value: number): string => value.toFixed(0);
const count = (value: number): string => value.toLocaleString('en-GB');

/** The tables of G4 (paint) and G9, in Markdown. */
export const reportWindow = ({ few, many }: WindowResults): readonly string[] => [
  '## G9: from unlocking to the first screen',
  '',
  'From Enter at the secret to the painted frame that shows the first screen whole; a fresh program over ' +
    'a closed case file each time, no region. Stretching the secret takes its time on purpose and is ' +
    'stated apart; milliseconds of the wall clock.',
  '',
  ...table(
    ['Clients', 'p50 ms', 'worst ms', 'of it stretching ms'],
    [few, many].map((result) => [
      count(result.clients),
      ms(median(result.unlock)),
      ms(Math.max(...result.unlock)),
      ms(result.stretchingMs),
    ]),
  ),
  '',
  '## G4: from the key to the painted screen',
  '',
  `In a case file of ${count(many.clients)} clients of 40 records, beside a bare React page that has the ` +
    'same elements and style sheets in memory. Frames come every 16.7 ms; each time another client.',
  '',
  ...table(
    ['Work', 'elements', 'p50 ms', 'p99 ms', 'bare p50 ms', 'ratio of p50'],
    many.works.map(({ work, elements, program, bare }) => [
      titles[work],
      count(elements),
      ms(median(program)),
      ms(percentile(program, 0.99)),
      ms(median(bare)),
      (median(program) / median(bare)).toFixed(2),
    ]),
  ),
];
