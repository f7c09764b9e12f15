import { median } from '../figures.ts';
import { table } from '../table.ts';
import type { FirstSyncResults } from './first-sync.ts';
import { armNames, type ArmName, type ArmResult } from './arms.ts';

const titles: Readonly<Record<ArmName, string>> = {
  bare: 'L: bare inserts, one table, plain',
  'bare-encrypted': 'L, encrypted (chacha20)',
  rows: 'Bare inserts of our rows and indexes, encrypted',
  punos: 'Punos, usable',
};

const mebi = (bytes: number): string => (bytes / 1_048_576).toFixed(0);

type Line = {
  readonly title: string;
  readonly cpu: readonly number[];
  readonly wall: readonly number[];
  readonly rss: readonly number[] | null;
  readonly bytes: number;
};

/** The table of W1, in Markdown, and what it says of the figures to reach. */
export const reportFirstSync = (results: FirstSyncResults): readonly string[] => {
  const { arms, pages, rounds } = results;
  const figure = (arm: ArmName, of: (result: ArmResult) => number): number =>
    median(arms[arm].map(of));
  const bareCpu = figure('bare', cpuUsable);
  const rowsCpu = figure('rows', cpuUsable);
  const bareRss = figure('bare', (result) => result.rssBytes);

  const lines: readonly Line[] = [
    ...armNames.map((arm): Line => ({
      title: titles[arm],
      cpu: arms[arm].map(cpuUsable),
      wall: arms[arm].map((result) => result.usable.wallMs),
      rss: arms[arm].map((result) => result.rssBytes),
      bytes: figure(arm, (result) => result.bytes),
    })),
    {
      title: 'Punos, with full text',
      cpu: arms.punos.map(cpuWithText),
      wall: arms.punos.map((result) => result.usable.wallMs + (result.fullText?.wallMs ?? 0)),
      rss: arms.punos.map((result) => result.rssBytesWithText ?? result.rssBytes),
      bytes: figure('punos', (result) => result.bytesWithText ?? result.bytes),
    },
  ];
  const ratio = (value: number, to: number): string => (value / to).toFixed(2);
  const rows = lines.map(({ title, cpu, wall, rss, bytes }) => [
    title,
    median(cpu).toFixed(0),
    `${Math.min(...cpu).toFixed(0)}–${Math.max(...cpu).toFixed(0)}`,
    ratio(median(cpu), bareCpu),
    ratio(median(cpu), rowsCpu),
    median(wall).toFixed(0),
    rss ? mebi(median(rss)) : '',
    rss ? ratio(median(rss), bareRss) : '',
    (bytes / pages.records).toFixed(0),
  ]);
  return [
    '## W1: first sync',
    '',
    `${count(pages.records)} records of ${count(pages.clients)} clients in ${pages.pages} pages, ` +
      `${(pages.bytesOnWire / pages.records).toFixed(0)} B a record on the wire as JSON, ` +
      `${pages.recordBytes.toFixed(0)} B by itself. Median of ${rounds} rounds, arms in turn, each in ` +
      'a fresh process; every arm held the same rows and state. CPU is user and system time.',
    '',
    ...table(
      ['Arm', 'CPU ms', 'range', '/ L', '/ rows', 'wall ms', 'RSS MiB', 'RSS / L', 'B/record'],
      rows,
    ),
  ];
};

const cpuUsable = (result: ArmResult): number => result.usable.cpuMs;
const cpuWithText = (result: ArmResult): number =>
  result.usable.cpuMs + (result.fullText?.cpuMs ?? 0);

const count = (value: number): string => value.toLocaleString('en-GB');
