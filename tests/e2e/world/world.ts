import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { demoAccounts } from '#server/demo/accounts.ts';
import { startChild } from './child.ts';
import { newRegion, regionName, usualClients } from './filled-region.ts';
import { startLine, type Line } from './line.ts';
import { missingInLog, watchLooks, type Look } from './looks.ts';

/** A region with invented clients, as a server process over a real PostgreSQL. */
export type World = {
  readonly regionPort: number;
  /** Kills the server process; its database goes on. */
  readonly killServer: () => Promise<void>;
  readonly restartServer: () => Promise<void>;
  /** `through` is the port of something that stands between the desk and the region. */
  readonly startDesk: (through?: number) => Promise<Desk>;
  /** Every client whom a window has shown stands in the region's log of use, as seen by that desk's person. */
  readonly expectLooksLogged: () => Promise<void>;
  readonly end: () => Promise<void>;
};

/** A workstation as a process of its own, on a line of its own. */
export type Desk = {
  readonly line: Line;
  /** Where its case files lie. */
  readonly folder: string;
  /** The address of its window; another one after a restart. */
  readonly url: () => string;
  /** Shows its window in the page; whom it shows there is watched. */
  readonly open: (page: Page) => Promise<void>;
  readonly kill: () => Promise<void>;
  readonly restart: () => Promise<void>;
  readonly end: () => Promise<void>;
};

const startServer = async (folder: string, port: number) => {
  const { child, value } = await startChild(
    'src/server/main.ts',
    ['--port', String(port), '--data', folder],
    (line) => /answers on http:\/\/127\.0\.0\.1:(\d+)/u.exec(line)?.[1] ?? null,
    { PUNOS_REGION_NAME: regionName },
  );
  return { child, port: Number(value) };
};

const startDeskProcess = (folder: string, regionUrl: string) =>
  startChild('src/main/hosts/loopback/main.ts', ['--region', regionUrl, '--data', folder], (line) =>
    line.includes('#token=') ? line.trim() : null,
  );

/** Starts a region with so many invented clients. `end()` stops every process and removes every folder. */
export const startWorld = async (clients = usualClients): Promise<World> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'punos-story-'));
  // Started by root, the engine runs as another user, who must be able to pass.
  chmodSync(folder, 0o711);
  const regionFolder = path.join(folder, 'region');
  await newRegion(regionFolder, clients);
  let server = await startServer(regionFolder, 0);
  const desks: Desk[] = [];
  const looksOf: (() => readonly Look[])[] = [];

  const startDesk = async (through = server.port): Promise<Desk> => {
    const line = await startLine(through);
    const dataFolder = path.join(folder, `desk-${desks.length}`);
    let running = await startDeskProcess(dataFolder, line.url);
    const looks = watchLooks();
    looksOf.push(() => looks.at(dataFolder));
    const desk: Desk = {
      line,
      folder: dataFolder,
      url: () => running.value,
      open: async (page) => {
        looks.watch(page);
        await page.goto(running.value);
      },
      kill: () => running.child.kill(),
      restart: async () => {
        running = await startDeskProcess(dataFolder, line.url);
      },
      end: async () => {
        await running.child.end();
        await line.close();
      },
    };
    desks.push(desk);
    return desk;
  };

  return {
    regionPort: server.port,
    killServer: () => server.child.kill(),
    restartServer: async () => {
      server = await startServer(regionFolder, server.port);
    },
    startDesk,
    expectLooksLogged: async () => {
      const seen = looksOf.flatMap((looks) => looks());
      expect(seen, 'clients shown').not.toEqual([]);
      await expect.poll(() => missingInLog(regionFolder, seen), { timeout: 60_000 }).toEqual([]);
    },
    end: async () => {
      for (const desk of desks) await desk.end();
      await server.child.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

export const accountOf = (login: string): { readonly login: string; readonly secret: string } => {
  const account = demoAccounts.find((candidate) => candidate.login === login);
  if (!account) throw new Error(`No demo account ${login}`);
  return account;
};

export const kaisa: { readonly login: string; readonly secret: string } =
  accountOf('kaisa.vuorela');
export const ville: { readonly login: string; readonly secret: string } =
  accountOf('ville.saarela');
