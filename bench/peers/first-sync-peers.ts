import fs from 'node:fs';
import path from 'node:path';
import type { PullResponse } from '#shared/protocol/pull.ts';
import { runFresh } from '../child.ts';
import type { ArmResult } from '../first-sync/arms.ts';
import {
  hashOf,
  pageFile,
  preparePages,
  recordsPerClient,
  type PreparedPages,
} from '../first-sync/pages.ts';
import { startPageServer } from '../first-sync/first-sync.ts';
import type { Hubs } from '../plans/hubs.ts';
import { peerArms, type PeerArm } from '../plans/replica.ts';
import { contentOf } from './first-sync-arms.ts';
import type { Report } from '../report.ts';

/** More than this takes some peers many minutes: they are measured on so much and compared by the record. */
export const mostPeerRecords = 80_000;

export type PeerFirstSyncs = {
  readonly pages: PreparedPages;
  readonly rounds: number;
  readonly arms: ReadonlyMap<PeerArm, readonly ArmResult[]>;
};

/** W1 by the peers: the same records, each in the way of the peer. */
export const measurePeerFirstSyncs = async (
  options: {
    readonly records: number;
    readonly rounds: number;
    readonly folder: string;
    readonly hubs: Hubs;
  },
  report: Report,
): Promise<PeerFirstSyncs> => {
  const { rounds, hubs } = options;
  const records = Math.min(options.records, mostPeerRecords);
  const folder = path.join(options.folder, 'peers-first-sync');
  const pageFolder = path.join(folder, 'pages');
  fs.mkdirSync(pageFolder, { recursive: true });
  const clients = Math.max(1, Math.round(records / recordsPerClient));
  const pages = preparePages(pageFolder, clients, recordsPerClient);
  const expected = stateOf(pageFolder, pages.pages);
  const arms = new Map<PeerArm, ArmResult[]>();
  for (const arm of peerArms) {
    report(`W1: preparing what ${arm} fetches`);
    const source = await sourceOf(arm, { hubs, folder, pageFolder, pages: pages.pages });
    const results: ArmResult[] = [];
    arms.set(arm, results);
    for (let round = 1; round <= rounds; round += 1) {
      const armFolder = path.join(folder, 'arm');
      fs.mkdirSync(armFolder);
      const result = (await runFresh(path.join(import.meta.dirname, 'run-first-sync.ts'), {
        arm,
        folder: armFolder,
        url: source.url,
      })) as ArmResult;
      fs.rmSync(armFolder, { recursive: true });
      if (result.rows !== pages.records || result.stateHash !== expected) {
        throw new Error(
          `Peer ${arm} holds ${result.rows} records of ${pages.records}, or other ones`,
        );
      }
      results.push(result);
      report(`W1: round ${round}, ${arm}: ${Math.round(result.usable.cpuMs)} ms CPU`);
    }
    await source.stop();
  }
  return { pages, rounds, arms };
};

const stateOf = (folder: string, pages: number): string =>
  hashOf(
    Array.from({ length: pages }, (_, number) => {
      const page = JSON.parse(fs.readFileSync(pageFile(folder, number), 'utf8')) as PullResponse;
      return page.changes.map(({ change }) => contentOf(change.id, change));
    }).flat(),
  );

type Source = { readonly url: string; readonly stop: () => Promise<void> };

const sourceOf = async (
  arm: PeerArm,
  place: { hubs: Hubs; folder: string; pageFolder: string; pages: number },
): Promise<Source> => {
  const { hubs, folder, pageFolder, pages } = place;
  if (arm === 'pouchdb') {
    const hub = await hubs.of(arm);
    const loaded = (await hub.ask('load', { folder: pageFolder, pages })) as { database: string };
    return { url: `${hub.url}/${loaded.database}`, stop: () => Promise.resolve() };
  }
  const to = path.join(folder, arm);
  fs.mkdirSync(to);
  const prepared = (await runFresh(path.join(import.meta.dirname, 'prepare-first-sync.ts'), {
    arm,
    from: pageFolder,
    to,
    pages,
  })) as { own: boolean };
  return startPageServer(prepared.own ? to : pageFolder, pages);
};
