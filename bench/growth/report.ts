import { median } from '../figures.ts';
import type { AppendCost } from '../region/appends.ts';
import { table } from '../table.ts';
import type { DeviceGrowthResult, Grown, OneCost, RegionResult } from './growth-result.ts';

const count = (value: number): string => value.toLocaleString('en-GB');

const reads: readonly (readonly [string, (result: DeviceGrowthResult) => OneCost])[] = [
  ['Open a plan', ({ read }) => read],
  ['A page of the client list', ({ list }) => list],
  ['Write a note (FULL)', ({ write }) => write],
];

/** The device's half of G10, in Markdown. */
export const reportDeviceGrowth = (grown: Grown<DeviceGrowthResult>): readonly string[] => {
  const rows = reads.map(([title, of]) => {
    const cpu = (results: readonly DeviceGrowthResult[]): number =>
      median(results.map((result) => of(result).cpuMs));
    const wall = (results: readonly DeviceGrowthResult[]): number =>
      median(results.map((result) => of(result).p50Ms));
    return [
      title,
      (cpu(grown.withFew) * 1_000).toFixed(0),
      (cpu(grown.withMany) * 1_000).toFixed(0),
      (cpu(grown.withMany) / cpu(grown.withFew)).toFixed(2),
      wall(grown.withFew).toFixed(2),
      wall(grown.withMany).toFixed(2),
    ];
  });
  return [
    '## G10: growth on the device',
    '',
    `The same work in a case file of ${count(grown.few)} clients and of ${count(grown.many)}, ten records ` +
      'each; random clients, a warm process.',
    '',
    ...table(
      ['Work', 'CPU µs, few', 'CPU µs, many', 'many / few', 'p50 ms, few', 'p50 ms, many'],
      rows,
    ),
  ];
};

type RegionLine = readonly [
  title: string,
  cost: (result: RegionResult) => AppendCost,
  changes: (result: RegionResult) => number,
  bare: ((result: RegionResult) => AppendCost) | null,
];

const lines: readonly RegionLine[] = [
  [
    'Append, 500 a body',
    ({ appends }) => appends.program,
    ({ appends }) => appends.changes,
    ({ appends }) => appends.bare,
  ],
  ['Bare insert', ({ appends }) => appends.bare, ({ appends }) => appends.changes, null],
  [
    'Pull of news',
    ({ pulls }) => pulls.program,
    ({ pulls }) => pulls.changes,
    ({ pulls }) => pulls.bare,
  ],
  ['Bare select', ({ pulls }) => pulls.bare, ({ pulls }) => pulls.changes, null],
  ['A pull without news', ({ pulls }) => pulls.quiet, () => 1, null],
];

/** W5, and the server's half of G10, in Markdown. */
export const reportRegion = (grown: Grown<RegionResult>): readonly string[] => [
  '## W5: the server',
  '',
  'In the server’s own process, on its own PostgreSQL with durable commits: bodies of a push read, ' +
    'checked (form, signature, rights, place, value), stored with heads, receipts and the log of use, one ' +
    'transaction a body; beside them the same bodies by one bare insert into one table. Pulls beside a bare ' +
    'select of the same rows, both written as JSON. CPU of Node and of the database apart, µs a change; a ' +
    `share of 1 would be the bare rate. Among ${count(grown.few)} clients, then among ${count(grown.many)}.`,
  '',
  ...table(
    [
      'Work',
      'clients',
      'changes/s',
      'share of bare',
      'CPU µs, Node',
      'CPU µs, database',
      'many / few',
    ],
    lines.flatMap((line) => [
      regionRow(line, grown.few, grown.withFew, null),
      regionRow(line, grown.many, grown.withMany, grown.withFew),
    ]),
  ),
];

const regionRow = (
  [title, cost, changes, bare]: RegionLine,
  clients: number,
  results: readonly RegionResult[],
  before: readonly RegionResult[] | null,
): readonly string[] => {
  const each = (of: readonly RegionResult[], take: (cost: AppendCost) => number): number =>
    median(of.map((result) => (take(cost(result)) * 1_000) / changes(result)));
  const cpu = (of: readonly RegionResult[]): number =>
    each(of, ({ nodeMs, databaseMs }) => nodeMs + (databaseMs ?? 0));
  const share = bare
    ? median(results.map((result) => bare(result).wallMs / cost(result).wallMs)).toFixed(2)
    : '';
  return [
    title,
    count(clients),
    (1_000_000 / each(results, ({ wallMs }) => wallMs)).toFixed(0),
    share,
    each(results, ({ nodeMs }) => nodeMs).toFixed(1),
    each(results, ({ databaseMs }) => databaseMs ?? 0).toFixed(1),
    before ? (cpu(results) / cpu(before)).toFixed(2) : '',
  ];
};
