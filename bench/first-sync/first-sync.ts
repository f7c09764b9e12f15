import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { runFresh } from '../child.ts';
import type { Report } from '../report.ts';
import { preparePages, recordsPerClient, type PreparedPages } from './pages.ts';
import { armNames, type ArmName, type ArmResult } from './arms.ts';

export type FirstSyncResults = {
  readonly pages: PreparedPages;
  readonly rounds: number;
  readonly arms: Readonly<Record<ArmName, readonly ArmResult[]>>;
};

/**
 * W1: a first sync of `records` records by each arm in turn, `rounds` times. Every arm must come to the
 * rows and the state that the pages hold, else the run fails.
 */
export const measureFirstSync = async (
  options: { readonly records: number; readonly rounds: number; readonly folder: string },
  report: Report,
): Promise<FirstSyncResults> => {
  const { rounds } = options;
  const clients = Math.max(1, Math.round(options.records / recordsPerClient));
  const folder = path.join(options.folder, 'first-sync');
  const pageFolder = path.join(folder, 'pages');
  fs.mkdirSync(pageFolder, { recursive: true });
  report(`W1: preparing the pages of ${clients} clients`);
  const pages = preparePages(pageFolder, clients, recordsPerClient);
  const derived = path.join(folder, 'derived.json');
  const arms: Record<ArmName, ArmResult[]> = {
    bare: [],
    'bare-encrypted': [],
    rows: [],
    punos: [],
  };

  const server = await startPageServer(pageFolder, pages.pages);
  try {
    const once = async (arm: ArmName): Promise<ArmResult> => {
      const armFolder = path.join(folder, 'arm');
      fs.mkdirSync(armFolder);
      try {
        const input = { arm, folder: armFolder, url: server.url, clients, derived };
        const result = (await runFresh(program('run-arm.ts'), input)) as ArmResult;
        expectWhole(arm, result, pages);
        return result;
      } finally {
        fs.rmSync(armFolder, { recursive: true });
      }
    };
    // Not counted: it warms the disk's cache and leaves the derived rows for the arm `rows`.
    await once('punos');
    for (let round = 1; round <= rounds; round += 1) {
      for (const arm of armNames) {
        const result = await once(arm);
        arms[arm].push(result);
        report(`W1: round ${round}, ${arm}: ${Math.round(result.usable.cpuMs)} ms CPU`);
      }
    }
  } finally {
    await server.stop();
  }
  return { pages, rounds, arms };
};

const program = (name: string): string => path.join(import.meta.dirname, name);

const expectWhole = (arm: ArmName, result: ArmResult, pages: PreparedPages): void => {
  if (result.rows !== pages.records || result.stateHash !== pages.stateHash) {
    throw new Error(`Arm ${arm} holds ${result.rows} rows of ${pages.records}, or other ones`);
  }
};

export const startPageServer = async (
  folder: string,
  pages: number,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> => {
  const server = spawn(
    process.execPath,
    [program('page-server.ts'), JSON.stringify({ folder, pages })],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = once(server, 'exit');
  const [port] = (await Promise.race([
    once(server.stdout.setEncoding('utf8'), 'data'),
    ended.then(() => Promise.reject(new Error('The page server ended at once'))),
  ])) as [string];
  return {
    url: `http://127.0.0.1:${port.trim()}`,
    stop: async () => {
      server.stdin.end();
      await ended;
    },
  };
};
