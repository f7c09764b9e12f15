import fs from 'node:fs';
import path from 'node:path';
import { quickArgon2 } from '#main/db/testing/case-file-fixture.ts';
import {
  faultsIn,
  hear,
  nothingYet,
  possibleVersions,
  type Acknowledged,
} from '../device/acknowledged.ts';
import { startDevice } from '../device/child.ts';
import { makeDevice } from '../device/device.ts';
import { lookInto } from '../device/look.ts';
import type { Phase, Word } from '../device/words.ts';
import { dice } from '../dice.ts';
import { modelDisk, type Disk, type Fate } from './model-disk.ts';
import { readTrace, tracer, type DiskCall } from './trace.ts';

export type PowerCuts = {
  readonly calls: number;
  readonly syncs: number;
  readonly images: number;
  readonly acknowledged: number;
  /** What was wrong with the first image that did not open, or lacked something acknowledged. */
  readonly lost: readonly string[];
};

export type PowerCutOptions = {
  readonly folder: string;
  readonly seed: number;
  readonly phase: Phase;
  readonly steps: number;
  /** Of the syncs and answers "saved", one in so many is looked at; and of the moments between them. */
  readonly oneIn: { readonly syncs: number; readonly others: number };
};

type Recorded = { readonly calls: readonly DiskCall[]; readonly root: string };

/** Runs a device that makes its case file and works, and records all that it asks of the disk. */
const record = async (options: PowerCutOptions): Promise<Recorded> => {
  const root = path.join(options.folder, 'device');
  fs.mkdirSync(root);
  const file = path.join(options.folder, 'trace');
  const refused: Word[] = [];
  const child = startDevice(
    {
      folder: root,
      phase: options.phase,
      seed: options.seed,
      start: 1,
      steps: options.steps,
      make: true,
      secret: 0,
      schema: 0,
      argon2: quickArgon2,
    },
    (word) => {
      if (word.say === 'refused' || word.say === 'threw') refused.push(word);
    },
    tracer(file),
  );
  const { code } = await child.ended;
  if (code !== 0 || refused.length > 0) {
    throw new Error(`The traced device ended with ${code}: ${JSON.stringify(refused)}`);
  }
  const calls = readTrace(fs.readFileSync(file, 'latin1'), root);
  fs.rmSync(file);
  return { calls, root };
};

const wordOf = (call: DiskCall): Word | null =>
  call.call === 'write' && call.fd === 1 ? (JSON.parse(call.bytes.toString('utf8')) as Word) : null;

/** The ways in which what is not certain can go, from all lost to all kept. */
const fatesOf = (
  unsettled: readonly number[],
  roll: (sides: number) => number,
): Readonly<Record<string, Fate>> => {
  const odds = 1 + roll(9);
  const chosen = new Set(unsettled.filter(() => roll(10) < odds));
  const last = unsettled[roll(unsettled.length)] ?? 0;
  const whole = { tears: () => false, keepsSector: () => true };
  const half = () => roll(2) === 0;
  return {
    dropped: { ...whole, keeps: () => false },
    kept: { ...whole, keeps: () => true },
    some: { ...whole, keeps: (order) => chosen.has(order) },
    torn: { keeps: (order) => chosen.has(order), tears: half, keepsSector: half },
    // In their order up to one that is torn, as most disks do it.
    ordered: {
      keeps: (order) => order <= last,
      tears: (order) => order === last,
      keepsSector: half,
    },
  };
};

/** What an image lacks; empty when the promise is kept. */
const tryImage = async (
  disk: Disk,
  fate: Fate,
  known: Acknowledged,
  folder: string,
): Promise<readonly string[]> => {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder);
  disk.imageInto(folder, fate);
  const found = await lookInto(folder, possibleVersions(known));
  if (found.ok) return faultsIn(known, found.value);
  if (known.made || found.error.kind !== 'absent') return [`does not open: ${found.error.kind}`];
  // Nobody was told of a file yet: then one can be made, whatever lies there.
  const made = await makeDevice(folder, quickArgon2);
  if (made.ok) made.value.close();
  return made.ok ? [] : [`cannot be made: ${made.error.kind}`];
};

/** In memory where there is such a place: the images themselves need no real syncing. */
const imagesIn = (folder: string): string =>
  fs.mkdtempSync(fs.existsSync('/dev/shm') ? '/dev/shm/punos-image-' : `${folder}/image-`);

/**
 * A2: records what a device asks of its disk, and opens what a power cut could have left at each sync and
 * between them. Ends at the first image that breaks the promise, which is kept.
 */
export const runPowerCuts = async (options: PowerCutOptions): Promise<PowerCuts> => {
  const { calls, root } = await record(options);
  const roll = dice(options.seed);
  const disk = modelDisk(root);
  const place = imagesIn(options.folder);
  let known = nothingYet;
  let images = 0;
  let syncs = 0;
  const result = (lost: readonly string[]): PowerCuts => ({
    calls: calls.length,
    syncs,
    images,
    acknowledged: known.count,
    lost,
  });
  for (const [index, call] of calls.entries()) {
    const word = wordOf(call);
    if (word !== null) known = hear(known, word);
    const isSync = call.call === 'sync';
    if (isSync) syncs += 1;
    const { syncs: sync, others } = options.oneIn;
    const looks = roll(isSync || word?.say === 'saved' ? sync : others) === 0;
    const unsettled = looks ? disk.unsettled() : [];
    const fates = unsettled.length > 0 ? Object.entries(fatesOf(unsettled, roll)) : [];
    for (const [name, fate] of fates) {
      images += 1;
      const image = path.join(place, 'image');
      const lost = await tryImage(disk, fate, known, image);
      if (lost.length === 0) continue;
      const where = `${name}, before call ${index} of ${options.phase}, seed ${options.seed}`;
      return result([...lost, `${image} as the power cut left it (${where})`]);
    }
    disk.apply(call);
  }
  fs.rmSync(place, { recursive: true });
  return result([]);
};
