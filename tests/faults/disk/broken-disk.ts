import fs from 'node:fs';
import path from 'node:path';
import { quickArgon2 } from '#main/db/testing/case-file-fixture.ts';
import { caseFilePaths } from '#main/db/file/case-file-paths.ts';
import { faultsIn, hear, nothingYet, possibleVersions } from '../device/acknowledged.ts';
import { startDevice } from '../device/child.ts';
import { fileOf, makeDevice } from '../device/device.ts';
import { lookInto } from '../device/look.ts';
import { phases, type Phase, type Task, type Word } from '../device/words.ts';
import { dice } from '../dice.ts';

export type BrokenDisk = {
  /** Starts of a device in which the disk answered with an error. */
  readonly points: number;
  /** Calls to the disk that failed. */
  readonly errors: number;
  readonly saved: number;
  readonly refused: number;
  /** How the device named what was wrong, and how often. */
  readonly codes: Readonly<Record<string, number>>;
  /** What was said to be saved and is not there, or an error that nobody turned into an answer. */
  readonly lies: readonly string[];
};

export type BrokenDiskOptions = {
  readonly folder: string;
  readonly seed: number;
  readonly points: number;
};

type DiskError = 'ENOSPC' | 'EIO' | 'EACCES' | 'EROFS';

/**
 * Which calls can fail how. Those with `named` are asked of other files too when a program starts, so only
 * those of the case file's own names fail; the others are asked of nothing else.
 */
const failing: readonly {
  readonly calls: string;
  readonly errors: readonly DiskError[];
  readonly named: boolean;
}[] = [
  { calls: 'pwrite64', errors: ['ENOSPC', 'EIO'], named: false },
  { calls: 'fsync,fdatasync', errors: ['EIO', 'ENOSPC'], named: false },
  { calls: 'ftruncate', errors: ['EIO', 'EACCES'], named: false },
  { calls: 'rename', errors: ['EACCES', 'ENOSPC', 'EIO'], named: false },
  { calls: 'unlink', errors: ['EACCES', 'EIO'], named: false },
  { calls: 'mkdir', errors: ['EACCES', 'ENOSPC', 'EROFS'], named: false },
  { calls: 'openat', errors: ['EACCES', 'EIO', 'ENOSPC'], named: true },
  { calls: 'pread64', errors: ['EIO'], named: true },
];

const namesIn = (folder: string): readonly string[] => {
  const { database, wal, sharedMemory, keyHeader, lock } = caseFilePaths(fileOf(folder));
  const beside = path.dirname(database);
  return [database, wal, sharedMemory, keyHeader, lock, beside, path.join(beside, 'card.json')];
};

/** One place where the disk fails. */
export type Point = {
  readonly calls: string;
  readonly error: DiskError;
  readonly at: number;
  /** Whether the disk stays broken from then on. */
  readonly lasts: boolean;
  readonly named: boolean;
};

/** The tracer that lets one call fail, or all from one on; what it did stands in `record`. */
const breaking = (point: Point, folder: string, record: string): readonly string[] =>
  [
    ['strace', '-f', '-q', '--seccomp-bpf', '-e', 'signal=none', '-o', record],
    ['-e', `trace=${point.calls}`],
    point.named ? namesIn(folder).flatMap((name) => ['-P', name]) : [],
    ['-e', `inject=${point.calls}:error=${point.error}:when=${point.at}${point.lasts ? '+' : ''}`],
  ].flat();

/** How often each kind of call is asked by a device whose disk is whole: the places where one can fail. */
const callsOf = async (task: Task, folder: string, record: string): Promise<readonly number[]> => {
  const counts: number[] = [];
  for (const { calls, named } of failing) {
    const never: Point = { calls, error: 'EIO', at: 65_000, lasts: false, named };
    const child = startDevice(task, () => {}, breaking(never, folder, record));
    await child.ended;
    const lines = fs.readFileSync(record, 'utf8').split('\n');
    counts.push(lines.filter((line) => line.includes('(')).length);
    fs.rmSync(task.folder, { recursive: true, force: true });
  }
  return counts;
};

const taskOf = (folder: string, phase: Phase, seed: number): Task => ({
  folder,
  phase,
  seed,
  start: 1,
  steps: 12,
  make: true,
  secret: 0,
  schema: 0,
  argon2: quickArgon2,
});

/** One place by itself: how a seed that has failed becomes a test. @returns the lies */
export const breakAt = async (
  folder: string,
  { phase, seed, ...point }: Point & { readonly phase: Phase; readonly seed: number },
): Promise<readonly string[]> => {
  const task = taskOf(path.join(folder, 'device'), phase, seed);
  return (await tryPoint(task, point, path.join(folder, 'errors'))).lies;
};

/**
 * A3: lets one call to the disk fail, or all from one on, while a device makes its case file and works on it;
 * then the disk is whole again. Whatever it was told is saved must be there. Ends at the first lie.
 */
export const runBrokenDisk = async (options: BrokenDiskOptions): Promise<BrokenDisk> => {
  const roll = dice(options.seed);
  const phase = phases[roll(phases.length)] ?? 'write';
  const folder = path.join(options.folder, 'device');
  const record = path.join(options.folder, 'errors');
  const task = taskOf(folder, phase, options.seed);
  fs.mkdirSync(options.folder, { recursive: true });
  const counts = await callsOf(task, folder, record);
  const codes: Record<string, number> = {};
  const sums = { points: 0, errors: 0, saved: 0, refused: 0 };
  while (sums.points < options.points) {
    const kind = roll(failing.length);
    const { calls, errors, named } = failing[kind] ?? { calls: 'fsync', errors: [], named: false };
    if ((counts[kind] ?? 0) === 0) continue;
    const point: Point = {
      calls,
      named,
      error: errors[roll(errors.length)] ?? 'EIO',
      at: 1 + roll(counts[kind] ?? 1),
      lasts: roll(2) === 0,
    };
    const seen = await tryPoint(task, point, record);
    fs.rmSync(folder, { recursive: true, force: true });
    sums.points += seen.errors > 0 ? 1 : 0;
    sums.errors += seen.errors;
    for (const word of seen.words) {
      if (word.say === 'saved') sums.saved += 1;
      if (word.say !== 'refused') continue;
      sums.refused += 1;
      codes[word.code] = (codes[word.code] ?? 0) + 1;
    }
    if (seen.lies.length > 0) {
      const where = `${JSON.stringify(point)} in ${phase}, seed ${options.seed}`;
      return { ...sums, codes, lies: [...seen.lies, where] };
    }
  }
  return { ...sums, codes, lies: [] };
};

type Seen = {
  readonly errors: number;
  readonly words: readonly Word[];
  readonly lies: readonly string[];
};

const tryPoint = async (task: Task, point: Point, record: string): Promise<Seen> => {
  const words: Word[] = [];
  const child = startDevice(
    task,
    (word) => void words.push(word),
    breaking(point, task.folder, record),
  );
  const { code } = await child.ended;
  const errors = fs.readFileSync(record, 'utf8').split('(INJECTED)').length - 1;
  const threw = words.flatMap((word) => (word.say === 'threw' ? [word.error] : []));
  const ended = code === 0 ? [] : [`the device ended with ${code}`];
  const known = words.reduce(hear, nothingYet);
  const found = await lookInto(task.folder, possibleVersions(known));
  if (found.ok)
    return { errors, words, lies: [...threw, ...ended, ...faultsIn(known, found.value)] };
  if (known.made) {
    return { errors, words, lies: [...threw, ...ended, `does not open: ${found.error.kind}`] };
  }
  // Its making was refused: on a whole disk it must go, whatever the refusal left behind.
  const made = await makeDevice(task.folder, quickArgon2);
  if (made.ok) made.value.close();
  const stuck = made.ok ? [] : [`cannot be made: ${made.error.kind}`];
  return { errors, words, lies: [...threw, ...ended, ...stuck] };
};
