import { median } from '../figures.ts';
import { replicaTitles, type ReplicaArm } from '../plans/replica.ts';
import { table } from '../table.ts';
import type { ExchangeResults, ExchangeRound } from './exchange-result.ts';
import { perOne } from './wire-bytes.ts';

const syncCpu = ({ pushed, pulled }: ExchangeRound): number => pushed.cpuMs + pulled.cpuMs;

/** The table of W2, in Markdown. */
export const reportExchange = (results: ExchangeResults): readonly string[] => {
  const { arms, edits, rounds, world, wire } = results;
  const figure = (arm: ReplicaArm, of: (round: ExchangeRound) => number): number =>
    median((arms.get(arm) ?? []).map(of));
  const editOf = (arm: ReplicaArm): number => figure(arm, (round) => round.edited.cpuMs);
  const bareEdit = editOf('bare');
  const bareSync = figure('bare', syncCpu);
  const perEdit = (ms: number): string => ((ms * 1_000) / edits).toFixed(0);
  const grew = (rounded: readonly ExchangeRound[], of: (round: ExchangeRound) => number | null) => {
    const values = rounded.map(of).filter((value) => value !== null);
    return values.length === 0 ? '–' : (median(values) / edits).toFixed(0);
  };
  const rows = [...arms].map(([arm, rounded]) => [
    replicaTitles[arm],
    perEdit(editOf(arm)),
    (editOf(arm) / bareEdit).toFixed(2),
    perEdit(figure(arm, (round) => round.edited.wallMs)),
    figure(arm, syncCpu).toFixed(0),
    (figure(arm, syncCpu) / bareSync).toFixed(2),
    figure(arm, ({ pushed, pulled }) => pushed.wallMs + pulled.wallMs).toFixed(0),
    figure(arm, ({ server }) => server.node).toFixed(0),
    serverShare(rounded),
    grew(rounded, (round) => round.writerGrew),
    grew(rounded, (round) => round.readerGrew),
  ]);
  const full =
    arms.has('punos') && arms.has('bare-full') ? editOf('punos') / editOf('bare-full') : 0;
  return [
    '## W2: edits without a network, and their exchange',
    '',
    `${edits} edits of one group each on ${world.plans} plans of ${world.recordsPerPlan} needs, each edit ` +
      'durable by itself; then they are sent in bodies of 500, and a second device, in the same process, ' +
      `fetches and stores them. Median of ${rounds} rounds, arms in turn, each in a fresh process; the ` +
      'second device must show every last value. Server: the processor time of the other side meanwhile, ' +
      'preparing connections included. Disk: what the edits leave behind, checkpointed, B an edit.',
    '',
    ...table(
      [
        'Arm',
        'edit CPU µs',
        '/ L',
        'edit wall µs',
        'sync CPU ms',
        '/ L',
        'sync wall ms',
        'server CPU ms',
        'its database',
        'disk writer',
        'disk reader',
      ],
      rows,
    ),
    '',
    ...(full > 0
      ? [`One edit of ours against L at the same durability (FULL): ${full.toFixed(2)}.`]
      : []),
    ...serverDisk(results),
    ...(wire
      ? [
          `On the wire, an edit sent: ${perOne(wire.sent, edits)}; an edit fetched: ` +
            `${perOne(wire.fetched, edits)}. A signature alone is 64 B that nothing compresses.`,
        ]
      : []),
  ];
};

/** G5 on the server, of one round: pages of 8 KiB make one round as good as many. */
const serverDisk = ({ arms, edits }: ExchangeResults): readonly string[] => {
  const tables = arms.get('punos')?.at(-1)?.tables;
  if (!tables) return [];
  const byTable = new Map<string, number>();
  for (const [name, bytes] of Object.entries(tables)) {
    // Partitions count for their table.
    const table = name.replace(/_(?:\d+|p?\d{4}_\d{2})$/u, '');
    byTable.set(table, (byTable.get(table) ?? 0) + bytes);
  }
  const all = [...byTable].toSorted(([, a], [, b]) => b - a);
  const sum = all.reduce((bytes, [, grew]) => bytes + grew, 0);
  const parts = all.map(([name, bytes]) => `${name} ${(bytes / edits).toFixed(0)}`).join(', ');
  return [
    `On the region's disk an edit leaves ${(sum / edits).toFixed(0)} B with all indexes: ${parts}.`,
  ];
};

const serverShare = (rounds: readonly ExchangeRound[]): string => {
  const database = rounds.map(({ server }) => server.database).filter((value) => value !== null);
  return database.length === 0 ? 'not told' : median(database).toFixed(0);
};
