import fs from 'node:fs';
import path from 'node:path';
import { quickArgon2 } from '#main/db/testing/case-file-fixture.ts';
import {
  faultsIn,
  hear,
  nothingYet,
  possibleVersions,
  settled,
  type Acknowledged,
} from '../device/acknowledged.ts';
import { startDevice } from '../device/child.ts';
import { lookInto } from '../device/look.ts';
import { phases, type Phase } from '../device/words.ts';
import { dice } from '../dice.ts';

/** What a run of kills came to. */
export type Kills = {
  readonly kills: number;
  readonly acknowledged: number;
  readonly lost: readonly string[];
  /** Where the kills fell: the step that had begun, or `between`. */
  readonly cutIn: Readonly<Record<string, number>>;
  /** From asking for the file to the first word saved in it, milliseconds, in order. */
  readonly usableMs: readonly number[];
};

export type KillOptions = {
  /** Where the case files are made; the one that lost something stays there. */
  readonly folder: string;
  readonly seed: number;
  readonly kills: number;
  readonly phases?: readonly [Phase, ...Phase[]];
};

/** So many kills share a file; then a new one is begun, that no run ends with a file of years. */
const killsOfOneFile = 25;

/** One start of a device that ends with its being killed at a moment that nobody planned. */
const killOnce = async (
  known: Acknowledged,
  options: {
    readonly folder: string;
    readonly phase: Phase;
    readonly roll: (sides: number) => number;
    readonly start: number;
  },
): Promise<Acknowledged> => {
  const { roll } = options;
  let heard = known;
  let begun = 0;
  // Mostly after some steps; now and then while the program itself is still starting.
  const early = roll(8) === 0;
  const steps = 2 + roll(30);
  const delayMs = early ? roll(500) : roll(6_000) / 1_000;
  const aimAtOwn = roll(2) === 0;
  let aimed = false;
  const trouble: string[] = [];
  const child = startDevice(
    {
      ...known.versions,
      ...options,
      argon2: quickArgon2,
      seed: roll(2 ** 31),
      steps: null,
      make: !known.made,
    },
    (word) => {
      heard = hear(heard, word);
      // Nothing is wrong with this disk: an answer other than "saved" is a fault by itself.
      if (word.say === 'threw' || word.say === 'refused') trouble.push(JSON.stringify(word));
      if (word.say !== 'begins') return;
      begun += 1;
      if (early || aimed || begun < steps) return;
      // Half of the kills wait for the step that this phase is about.
      if (aimAtOwn && !ownSteps[options.phase].includes(word.step.do) && begun < steps + 8) return;
      aimed = true;
      setTimeout(child.kill, delayMs);
    },
  );
  if (early) setTimeout(child.kill, delayMs);
  const { signal } = await child.ended;
  if (signal !== 'SIGKILL') trouble.push('The device ended before it was killed');
  if (trouble.length > 0) throw new Error(trouble.join('\n'));
  return heard;
};

const ownSteps: Readonly<Record<Phase, readonly string[]>> = {
  write: ['write'],
  checkpoint: ['close', 'scrub', 'open'],
  migration: ['migrate'],
  'sync-apply': ['page'],
  're-key': ['secret', 'card'],
};

/**
 * A1: kills the process that holds the case file, again and again, and looks each time whether all that it
 * was told is saved is there. Ends at the first loss, with the folder as it was found.
 */
export const runKills = async (options: KillOptions): Promise<Kills> => {
  const roll = dice(options.seed);
  const among = options.phases ?? phases;
  const cutIn: Record<string, number> = {};
  const usableMs: number[] = [];
  let acknowledged = 0;
  let folder = '';
  let known = nothingYet;
  const result = (kills: number, lost: readonly string[]): Kills => ({
    kills,
    acknowledged,
    lost,
    cutIn,
    usableMs: usableMs.toSorted((a, b) => a - b),
  });
  for (let kill = 0; kill < options.kills; kill += 1) {
    if (kill % killsOfOneFile === 0) {
      fs.rmSync(folder, { recursive: true, force: true });
      folder = fs.mkdtempSync(path.join(options.folder, 'killed-'));
      known = nothingYet;
    }
    const phase = among[kill % among.length] ?? 'write';
    const before = known.count;
    known = await killOnce(known, { folder, phase, roll, start: kill });
    acknowledged += known.count - before;
    const place = known.inFlight?.do ?? 'between';
    cutIn[place] = (cutIn[place] ?? 0) + 1;
    const found = await lookInto(folder, possibleVersions(known));
    if (!found.ok && !known.made && found.error.kind === 'absent') continue;
    const lost = found.ok ? faultsIn(known, found.value) : [`does not open: ${found.error.kind}`];
    if (!found.ok || lost.length > 0) {
      return result(kill + 1, [...lost, `kill ${kill} in ${place}, ${folder}`]);
    }
    usableMs.push(found.value.usableMs);
    known = settled(known, found.value);
  }
  return result(options.kills, []);
};
