import fs from 'node:fs';
import path from 'node:path';
import { runFresh } from '../child.ts';
import { costBetween, type Hubs, type RunningHub } from '../plans/hubs.ts';
import type { PlanWorld } from '../plans/plan-work.ts';
import { hubOf, type ReplicaArm } from '../plans/replica.ts';
import type { Report } from '../report.ts';
import type { ExchangeResult, ExchangeResults, ExchangeRound } from './exchange-result.ts';

export type ExchangeOptions = {
  readonly edits: number;
  readonly world: PlanWorld;
  readonly rounds: number;
  readonly arms: readonly ReplicaArm[];
  readonly folder: string;
  readonly hubs: Hubs;
};

/** W2: edits without a network, sending, and a second device that fetches them; each arm in turn. */
export const measureExchange = async (
  options: ExchangeOptions,
  report: Report,
): Promise<ExchangeResults> => {
  const { edits, world, rounds, hubs } = options;
  const once = async (arm: ReplicaArm, listen: boolean): Promise<ExchangeRound> => {
    const hub = await hubs.of(arm);
    const told = await hub.prepare(world, 2);
    const folder = path.join(options.folder, 'exchange');
    fs.mkdirSync(folder);
    const prepared = path.join(folder, 'prepared.json');
    fs.writeFileSync(prepared, JSON.stringify(told));
    const tables = isRegion(arm) ? await tableBytes(hub) : null;
    const before = await hub.cost();
    const input = {
      arm,
      folder,
      hubUrl: hub.url,
      ...world,
      edits,
      prepared,
      listen: Number(listen),
    };
    const program = path.join(import.meta.dirname, 'run-exchange.ts');
    const result = (await runFresh(program, input)) as ExchangeResult;
    fs.rmSync(folder, { recursive: true });
    expectAll(arm, result, edits);
    const server = costBetween(before, await hub.cost());
    return { ...result, server, tables: tables && growthOf(tables, await tableBytes(hub)) };
  };
  // Not counted: it warms the region's server and looks at the bodies.
  const { wire } = await once('punos', true);
  const arms = new Map<ReplicaArm, ExchangeRound[]>(options.arms.map((arm) => [arm, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [arm, results] of arms) {
      const result = await once(arm, false);
      results.push(result);
      report(`W2: round ${round}, ${arm}: ${result.edited.cpuMs.toFixed(0)} ms CPU for the edits`);
    }
  }
  return { edits, world, rounds, arms, wire };
};

const isRegion = (arm: ReplicaArm): boolean => hubOf(arm) === 'region';

type TableBytes = Readonly<Record<string, number>>;

const tableBytes = async (hub: RunningHub): Promise<TableBytes> =>
  (await hub.ask('bytes')) as TableBytes;

const growthOf = (before: TableBytes, after: TableBytes): TableBytes =>
  Object.fromEntries(
    Object.entries(after).flatMap(([name, bytes]) => {
      const grew = bytes - (before[name] ?? 0);
      return grew > 0 ? [[name, grew]] : [];
    }),
  );

/** One writer, one reader: whatever the way of merging, the reader must show every last word. */
const expectAll = (arm: ReplicaArm, { rows, seen }: ExchangeResult, edits: number): void => {
  if (rows === null ? seen.unseen > 0 : rows !== edits) {
    throw new Error(`W2: the second device of arm ${arm} does not show what the first one wrote`);
  }
};
