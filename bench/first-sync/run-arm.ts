import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { openKeyed } from '#main/db/file/connection.ts';
import { fileBytes } from '../case-files.ts';
import { answer, childInput } from '../child.ts';
import { peakMemory, startClock } from '../figures.ts';
import { armNames, type ArmResult } from './arms.ts';
import { bareRows, bareTable, dumpDerived, load, type BareArm } from './bare-arms.ts';
import { hashOf } from './pages.ts';
import {
  benchmarkDesk,
  checkDerived,
  checkSearchable,
  checkUsable,
  contentsOf,
  indexAll,
  newCaseFile,
  syncOnce,
} from './punos-arm.ts';

// One arm of the first sync in a process of its own. The clock starts when the file has been made and
// stops when the last page is committed; what is checked afterwards is outside it.

const input = z
  .object({
    arm: z.enum(armNames),
    /** An empty folder for the arm's database. */
    folder: z.string(),
    url: z.string(),
    clients: z.int(),
    /** Where the program's arm leaves its derived rows and the arm `rows` finds them. */
    derived: z.string(),
  })
  .parse(childInput());

const file = path.join(input.folder, 'arm.db');
const bytesOnDisk = (): number => fs.statSync(file).size;

const runBare = async (arm: BareArm): Promise<ArmResult> => {
  const clock = startClock();
  await load(arm, input.url);
  const usable = clock();
  const rssBytes = peakMemory();
  const contents = arm.contents();
  arm.driver.pragma('wal_checkpoint(TRUNCATE)');
  return {
    usable,
    fullText: null,
    rssBytes,
    rssBytesWithText: null,
    bytes: bytesOnDisk(),
    bytesWithText: null,
    rows: contents.length,
    stateHash: hashOf(contents),
  };
};

const runPunos = async (): Promise<ArmResult> => {
  const caseFile = await newCaseFile(file);
  const desk = benchmarkDesk(caseFile);
  const clock = startClock();
  await syncOnce(desk, input.url);
  const usable = clock();
  const rssBytes = peakMemory();
  checkUsable(desk, input.clients);
  const bytes = fileBytes(file, caseFile.key);
  if (!fs.existsSync(input.derived)) leaveDerivedRows(caseFile.key);

  const textClock = startClock();
  indexAll(desk);
  const fullText = textClock();
  const rssBytesWithText = peakMemory();
  checkSearchable(desk);
  checkDerived(desk);
  const contents = contentsOf(desk);
  const bytesWithText = fileBytes(file, caseFile.key);
  const closed = caseFile.close();
  if (!closed.ok) throw new Error(`The case file did not close: ${closed.error.kind}`);
  return {
    usable,
    fullText,
    rssBytes,
    rssBytesWithText,
    bytes,
    bytesWithText,
    rows: contents.length,
    stateHash: hashOf(contents),
  };
};

const leaveDerivedRows = (key: Uint8Array): void => {
  const driver = openKeyed(file, key, { readonly: true });
  try {
    dumpDerived(driver, input.derived);
  } finally {
    driver.close();
  }
};

const run = (): Promise<ArmResult> => {
  switch (input.arm) {
    case 'bare':
      return runBare(bareTable(file, null));
    case 'bare-encrypted':
      return runBare(bareTable(file, randomBytes(32)));
    case 'rows':
      return runBare(bareRows(file, randomBytes(32), input.derived));
    case 'punos':
      return runPunos();
    default:
      throw new Error(`No arm of this name: ${String(input.arm satisfies never)}`);
  }
};

answer(await run());
