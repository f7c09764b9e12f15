import { defaultArgon2, newDatabaseKey, wrapKey } from '#main/db/file/key-wrap.ts';
import type { Counts, FaultRun } from '../fault-run.ts';
import { runKills, type Kills } from './kills.ts';

const killsOfPart = 50;

/** A person who waits longer than this for their own words believes that they are gone. */
export const patienceMs = 2_000;

/** How long the program's own stretching of a secret takes here, milliseconds: the killed files have a cheap one. */
const stretchingMs = async (): Promise<number> => {
  const begun = performance.now();
  const secrets = { secret: 'kuura-peltomyyrä-42', keyChainSecret: null };
  await wrapKey(newDatabaseKey(), new Uint8Array(16), secrets, defaultArgon2);
  return performance.now() - begun;
};

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** What a part of the run is in the ledger, openings with the stretching added and, apart, without it. */
export const countsOf = (kills: Kills, stretching: number): Counts => {
  const waits = kills.usableMs.map((ms) => ms + stretching);
  return {
    kills: kills.kills,
    acknowledged: kills.acknowledged,
    lost: kills.lost.length,
    ...Object.fromEntries(
      Object.entries(kills.cutIn).map(([step, times]) => [`cut in ${step}`, times]),
    ),
    'opened within 2 s': waits.filter((ms) => ms <= patienceMs).length,
    'opened later': waits.filter((ms) => ms > patienceMs).length,
    'worst p99 ms': Math.round(at(kills.usableMs, 0.99)),
    'worst stretching ms': Math.round(stretching),
  };
};

/** A1: programs killed while they hold a case file. */
export const kills: FaultRun = {
  name: 'A1',
  promise: '"Saved" survives a crash',
  parts: 20,
  never: ['lost'],
  start: async ({ folder, report }) => {
    const stretching = await stretchingMs();
    report(`Stretching the secret takes ${Math.round(stretching)} ms here.`);
    return {
      part: async (seed) => {
        const done = await runKills({ folder, seed, kills: killsOfPart });
        for (const line of done.lost) report(line);
        return countsOf(done, stretching);
      },
      end: async () => {},
    };
  },
};
