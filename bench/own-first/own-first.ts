import fs from 'node:fs';
import path from 'node:path';
import { runFresh } from '../child.ts';
import { median, type Cost } from '../figures.ts';
import type { Hubs } from '../plans/hubs.ts';
import type { Report } from '../report.ts';
import { table } from '../table.ts';

export type OwnFirstResult = {
  /** Until every plan of one's own clients opened whole. */
  readonly own: Cost;
  /** Until the first sync was complete. */
  readonly all: Cost;
  /** In the list at the end. */
  readonly clients: number;
};

export type OwnFirstResults = {
  readonly own: number;
  readonly recordsPerPlan: number;
  readonly rounds: readonly OwnFirstResult[];
};

/** G1b: a first sync of a home-care nurse, with clients of their own and a unit's round of many. */
export const measureOwnFirst = async (
  options: {
    readonly own: number;
    readonly recordsPerPlan: number;
    readonly others: number;
    readonly rounds: number;
    readonly folder: string;
    readonly hubs: Hubs;
  },
  report: Report,
): Promise<OwnFirstResults> => {
  const { own, recordsPerPlan, others, hubs } = options;
  const hub = await hubs.region();
  report(`G1b: filling the region with ${others} clients`);
  const told = await hub.ask('round', { own, recordsPerPlan, others });
  const rounds: OwnFirstResult[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    const folder = path.join(options.folder, 'own-first');
    fs.mkdirSync(folder);
    const prepared = path.join(folder, 'prepared.json');
    fs.writeFileSync(prepared, JSON.stringify(told));
    // Each time another device of the same person.
    const input = { folder, hubUrl: hub.url, prepared };
    const program = path.join(import.meta.dirname, 'run-own-first.ts');
    const result = (await runFresh(program, input)) as OwnFirstResult;
    fs.rmSync(folder, { recursive: true });
    if (result.clients < own + others) {
      throw new Error(`G1b: ${result.clients} clients came of ${own + others}`);
    }
    rounds.push(result);
    report(`G1b: round ${round}: own clients after ${result.own.wallMs.toFixed(0)} ms`);
  }
  return { own, recordsPerPlan, rounds };
};

/** The table of G1b, in Markdown. */
export const reportOwnFirst = ({ own, recordsPerPlan, rounds }: OwnFirstResults) => {
  const clients = Math.max(...rounds.map((round) => round.clients));
  const line = (title: string, of: (round: OwnFirstResult) => Cost): readonly string[] => {
    const walls = rounds.map((round) => of(round).wallMs);
    return [
      title,
      median(walls).toFixed(0),
      `${Math.min(...walls).toFixed(0)}–${Math.max(...walls).toFixed(0)}`,
      median(rounds.map((round) => of(round).cpuMs)).toFixed(0),
    ];
  };
  return [
    '## G1b: one’s own clients first',
    '',
    `A first sync from a real region: ${own} clients of one's own with ${recordsPerPlan} needs each, and a ` +
      `unit's round; ${clients.toLocaleString('en-GB')} clients altogether. From the start of the round of ` +
      `sync, signed in already. Wall time, with the server and its database on the same two cores; median of ` +
      `${rounds.length} rounds.`,
    '',
    ...table(
      ['Until', 'wall ms', 'range', 'CPU ms of the device'],
      [
        line('every plan of one’s own opens', (round) => round.own),
        line('the first sync is complete', (round) => round.all),
      ],
    ),
  ];
};
