import fs from 'node:fs';
import path from 'node:path';
import { quickArgon2 } from '#main/db/testing/case-file-fixture.ts';
import { caseFilePaths } from '#main/db/file/case-file-paths.ts';
import { keepDraft } from '#main/core/editing/keep-drafts.ts';
import { applyPage } from '#main/core/syncing/apply-page.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import {
  faultsIn,
  hear,
  nothingYet,
  possibleVersions,
  type Acknowledged,
} from '../device/acknowledged.ts';
import { fileOf, makeDevice, type OpenDevice } from '../device/device.ts';
import { lookInto } from '../device/look.ts';
import { caseId, firstPage, laterPage, ownRecords, requestOf } from '../device/pages.ts';
import type { Step } from '../device/words.ts';
import { dice } from '../dice.ts';
import { sectorBytes } from './model-disk.ts';

export type CutTails = {
  readonly commits: number;
  readonly images: number;
  readonly lost: readonly string[];
};

export type CutTailsOptions = {
  readonly folder: string;
  readonly seed: number;
  readonly commits: number;
  /** How many ways of cutting each commit's tail are tried. */
  readonly cuts: number;
};

type Files = ReadonlyMap<string, Buffer>;

/** The files beside each other as they lie on the disk while the program has them open. */
const filesOf = (folder: string): Files => {
  const { database, wal, keyHeader } = caseFilePaths(fileOf(folder));
  const card = path.join(path.dirname(database), 'card.json');
  return new Map([database, wal, keyHeader, card].map((file) => [file, fs.readFileSync(file)]));
};

const stepOf = (number: number, roll: (sides: number) => number): Step =>
  roll(3) === 0
    ? { do: 'page', page: 0 }
    : {
        do: 'draft',
        recordId: ownRecords[roll(ownRecords.length)] ?? ownRecords[0],
        text: `luonnos ${number} ${'sanoja '.repeat(roll(2) * 900)}`.trim(),
      };

const take = ({ desk, syncDesk }: OpenDevice, step: Step): boolean => {
  if (step.do === 'page') {
    const page = step.page === 0 ? firstPage() : laterPage(step.page, []);
    return applyPage(syncDesk, requestOf(null), page).ok;
  }
  if (step.do !== 'draft') return false;
  const { recordId, text } = step;
  return keepDraft(desk, {
    caseId,
    recordId,
    kind: 'need',
    compartment: jointPlan,
    group: 'assessment',
    value: { text },
    basedOn: [],
  }).ok;
};

/**
 * The -wal after a commit of which only some sectors came through: before the commit it was `before`, and
 * all of that was certain. Bytes beyond the old end that did not come are zeros, or not there at all.
 */
const cutTail = (before: Buffer, after: Buffer, roll: (sides: number) => number): Buffer => {
  const cut = Buffer.alloc(after.length);
  before.copy(cut);
  let end = before.length;
  const way = roll(3);
  const until = roll(Math.ceil(after.length / sectorBytes) + 1);
  for (let sector = 0; sector * sectorBytes < after.length; sector += 1) {
    const from = sector * sectorBytes;
    const to = Math.min(from + sectorBytes, after.length);
    if (after.subarray(from, to).equals(before.subarray(from, to))) continue;
    // All up to one sector, all but one, or any.
    const kept = way === 0 ? sector < until : way === 1 ? sector !== until : roll(2) === 0;
    if (!kept) continue;
    after.copy(cut, from, from, to);
    end = Math.max(end, to);
  }
  return roll(2) === 0 ? cut.subarray(0, end) : cut;
};

/**
 * A2 where nothing records system calls: copies of the case file between commits, with the part of the -wal
 * that the next commit had not yet made certain cut and torn at every sector. Ends at the first loss.
 */
export const runCutTails = async (options: CutTailsOptions): Promise<CutTails> => {
  const roll = dice(options.seed);
  const folder = path.join(options.folder, 'device');
  fs.mkdirSync(folder);
  const made = await makeDevice(folder, quickArgon2);
  if (!made.ok) throw new Error(`The device was not made: ${made.error.kind}`);
  const device = made.value;
  let known: Acknowledged = hear(nothingYet, { say: 'saved', step: { do: 'make' } });
  let before = filesOf(folder);
  let images = 0;
  try {
    for (let commit = 1; commit <= options.commits; commit += 1) {
      const wished = stepOf(commit, roll);
      const step: Step =
        known.page < 0 || wished.do === 'page' ? { do: 'page', page: known.page + 1 } : wished;
      if (!take(device, step)) throw new Error('A whole disk refused a step');
      known = hear(known, { say: 'begins', step });
      const after = filesOf(folder);
      for (let cut = 0; cut < options.cuts; cut += 1) {
        images += 1;
        const lost = await tryCut({ before, after, known, roll, folder, into: options.folder });
        if (lost.length > 0) return { commits: commit, images, lost };
      }
      known = hear(known, { say: 'saved', step });
      before = after;
    }
    return { commits: options.commits, images, lost: [] };
  } finally {
    device.close();
  }
};

const tryCut = async (cut: {
  readonly before: Files;
  readonly after: Files;
  readonly known: Acknowledged;
  readonly roll: (sides: number) => number;
  readonly folder: string;
  readonly into: string;
}): Promise<readonly string[]> => {
  const image = path.join(cut.into, 'image');
  fs.rmSync(image, { recursive: true, force: true });
  for (const [file, content] of cut.before) {
    const place = path.join(image, path.relative(cut.folder, file));
    const after = cut.after.get(file) ?? content;
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, file.endsWith('-wal') ? cutTail(content, after, cut.roll) : content);
  }
  const found = await lookInto(image, possibleVersions(cut.known));
  return found.ok ? faultsIn(cut.known, found.value) : [`does not open: ${found.error.kind}`];
};
