import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { loadDemo } from '#server/demo/load-demo.ts';
import { startRegion } from '#server/run-region.ts';

export const regionName = 'Saarnivirran hyvinvointialue';

/** So many invented clients a region has where a story does not ask for another number. */
export const usualClients = 12;

/** The folder of a region that a run of stories has filled for all of them to copy. */
const ofThisRun = 'PUNOS_STORY_REGION';

/** Makes a region with invented clients in a new folder, and stops it again. */
const fillRegion = async (folder: string, clients: number): Promise<void> => {
  const region = await startRegion({
    port: 0,
    dataFolder: folder,
    name: regionName,
    log: pino({ level: 'silent' }),
    now: () => new Date(),
    random: (length) => randomBytes(length),
    tell: () => {},
  });
  if (!region.ok) throw new Error(region.error);
  await loadDemo({ db: region.value.db, clients, now: () => new Date(), onProgress: () => {} });
  await region.value.stop();
};

/** A region of a story's own: a copy of the one that the run has filled, or filled here where that has another number of clients. */
export const newRegion = async (folder: string, clients: number): Promise<void> => {
  const filled = process.env[ofThisRun];
  if (filled === undefined || clients !== usualClients) await fillRegion(folder, clients);
  // The engine's files belong to the engine's user, which only `cp` keeps.
  else execFileSync('cp', ['-a', filled, folder]);
};

/** Once for all stories of a run, before the first; what it answers ends it after the last. */
export default async function fillOnce(): Promise<() => void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'punos-story-region-'));
  // Started by root, the engine runs as another user, who must be able to pass.
  chmodSync(folder, 0o711);
  const region = path.join(folder, 'region');
  await fillRegion(region, usualClients);
  process.env[ofThisRun] = region;
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
