import { median } from '../figures.ts';
import type { PeerFirstSyncs } from '../peers/first-sync-peers.ts';
import type { PeerArm } from '../plans/replica.ts';
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
export const reportFirstSync = (
  results: FirstSyncResults,
  peers: PeerFirstSyncs | null,
): readonly string[] => {
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
      `${(pages.bytesOnWire / pages.records).toFixed(0)} B a record as JSON, ` +
      `${(pages.bytesCompressed / pages.records).toFixed(0)} B compressed as the server does it, ` +
      `${pages.recordBytes.toFixed(0)} B by itself. Median of ${rounds} rounds, arms in turn, each in ` +
      'a fresh process; every arm held the same rows and state. CPU is user and system time.',
    '',
    ...table(
      ['Arm', 'CPU ms', 'range', '/ L', '/ rows', 'wall ms', 'RSS MiB', 'RSS / L', 'B/record'],
      rows,
    ),
    ...(peers ? ['', ...reportPeers(peers, bareCpu / pages.records)] : []),
  ];
};

/** The peers by the record, since some are measured on fewer. */
const reportPeers = (
  { arms, pages, rounds }: PeerFirstSyncs,
  bareCpuEach: number,
): readonly string[] => {
  const rows = [...arms].map(([arm, results]) => {
    const cpu = median(results.map(cpuUsable)) / pages.records;
    const bytes = median(results.map((result) => result.bytes));
    return [
      peerTitles[arm],
      (cpu * 1_000).toFixed(1),
      (cpu / bareCpuEach).toFixed(2),
      median(results.map(({ usable }) => usable.wallMs)).toFixed(0),
      mebi(median(results.map((result) => result.rssBytes))),
      bytes === 0 ? '–' : (bytes / pages.records).toFixed(0),
    ];
  });
  return [
    `What others offer, with ${count(pages.records)} records of ${count(pages.clients)} clients, median of ` +
      `${rounds} rounds; compared with L by the record. Each held the same records and values at the end; ` +
      'none is encrypted, and none has a list of clients or a search.',
    '',
    ...table(['Peer', 'CPU µs a record', '/ L', 'wall ms', 'RSS MiB', 'B/record'], rows),
  ];
};

const peerTitles: Readonly<Record<PeerArm, string>> = {
  yjs: 'Yjs, one document a client: loaded, kept as blobs',
  automerge: 'Automerge, one document a client: loaded, kept as blobs',
  actual: "Actual's CRDT, two messages a record, in SQLite",
  rxdb: 'RxDB, its replication, in memory only',
  pouchdb: 'PouchDB from express-pouchdb, LevelDB',
};

const cpuUsable = (result: ArmResult): number => result.usable.cpuMs;
const cpuWithText = (result: ArmResult): number =>
  result.usable.cpuMs + (result.fullText?.cpuMs ?? 0);

const count = (value: number): string => value.toLocaleString('en-GB');
