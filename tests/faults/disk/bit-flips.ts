import fs from 'node:fs';
import path from 'node:path';
import { quickArgon2 } from '#main/db/testing/case-file-fixture.ts';
import { caseFilePaths } from '#main/db/file/case-file-paths.ts';
import { applyPage } from '#main/core/syncing/apply-page.ts';
import {
  faultsIn,
  hear,
  nothingYet,
  possibleVersions,
  type Acknowledged,
} from '../device/acknowledged.ts';
import { fileOf, makeDevice } from '../device/device.ts';
import { lookInto } from '../device/look.ts';
import { firstPage, laterPage, requestOf } from '../device/pages.ts';
import { dice } from '../dice.ts';

export type BitFlips = {
  readonly flips: number;
  /** Why files were not opened, and how often; `opened` had all that was in them. */
  readonly answers: Readonly<Record<string, number>>;
  /** Flips after which the file opened with less than was in it, or was changed by being refused. */
  readonly lies: readonly string[];
};

type Content = ReadonlyMap<string, Buffer>;

const contentOf = (folder: string): Content => {
  const { database, wal, keyHeader } = caseFilePaths(fileOf(folder));
  const files = [database, wal, keyHeader].filter((file) => fs.existsSync(file));
  return new Map(files.map((file) => [path.relative(folder, file), fs.readFileSync(file)]));
};

const writeContent = (folder: string, content: Content): void => {
  fs.rmSync(folder, { recursive: true, force: true });
  for (const [name, bytes] of content) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, bytes);
  }
};

/** A file that was closed. */
const filledFile = async (folder: string, pages: number): Promise<Acknowledged> => {
  const made = await makeDevice(folder, quickArgon2);
  if (!made.ok) throw new Error(`The device was not made: ${made.error.kind}`);
  let known = hear(nothingYet, { say: 'saved', step: { do: 'make' } });
  for (let page = 0; page <= pages; page += 1) {
    const content = page === 0 ? firstPage() : laterPage(page, []);
    if (!applyPage(made.value.syncDesk, requestOf(null), content).ok) throw new Error('No page');
    known = hear(known, { say: 'saved', step: { do: 'page', page } });
  }
  made.value.close();
  return known;
};

/**
 * Bad input 40: turns one bit of the closed case file or its key over, again and again. It is refused and left
 * as it is, or opens with all that was in it; never as an empty one. Ends at the first lie.
 */
export const runBitFlips = async (options: {
  readonly folder: string;
  readonly seed: number;
  readonly flips: number;
}): Promise<BitFlips> => {
  const roll = dice(options.seed);
  const folder = path.join(options.folder, 'flipped');
  const known = await filledFile(folder, 20);
  const whole = [...contentOf(folder)];
  const answers: Record<string, number> = {};
  for (let flip = 0; flip < options.flips; flip += 1) {
    // Every fifth in the small key file, which chance alone would seldom meet.
    const [name, bytes] = whole[flip % 5 === 0 ? whole.length - 1 : 0] ?? ['', Buffer.alloc(1)];
    const at = roll(bytes.length);
    const bit = roll(8);
    const flipped = Buffer.from(bytes);
    flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << bit), at);
    writeContent(folder, new Map([...whole, [name, flipped]]));
    const found = await lookInto(folder, possibleVersions(known));
    const answer = found.ok ? 'opened' : found.error.kind;
    answers[answer] = (answers[answer] ?? 0) + 1;
    const lies = found.ok
      ? faultsIn({ ...known, made: false }, found.value)
      : changedBy(folder, new Map([...whole, [name, flipped]]));
    if (lies.length > 0) {
      const where = `bit ${bit} of byte ${at} of ${name}, seed ${options.seed}`;
      return { flips: flip + 1, answers, lies: [...lies, where] };
    }
  }
  return { flips: options.flips, answers, lies: [] };
};

const changedBy = (folder: string, before: Content): readonly string[] => {
  const after = contentOf(folder);
  return [...before]
    .filter(([name, bytes]) => after.get(name)?.equals(bytes) !== true)
    .map(([name]) => `${name} was changed although it was refused`);
};
