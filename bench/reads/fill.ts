import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Change } from '#shared/domain/change.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import { protocolVersion } from '#shared/protocol/version.ts';
import { createRandom, type Random } from '#server/demo/random.ts';
import type { Desk } from '#main/core/desk.ts';
import { applyPage } from '#main/core/syncing/apply-page.ts';
import { openKeyed } from '#main/db/file/connection.ts';
import { benchmarkClients, benchmarkNowMs, pagesOf } from '../first-sync/pages.ts';
import { benchmarkDesk, indexAll, newCaseFile } from '../first-sync/punos-arm.ts';

/** How much the case file holds from which the reads read. */
export type Filling = {
  /** In the list; most of them known by a few records. */
  readonly clients: number;
  /** Of them with a plan of `planRecords` records. */
  readonly plans: number;
  readonly planRecords: number;
  /** Of the one client about whom much has been written. */
  readonly chronicleRecords: number;
};

const fewRecords = 5;

/** What the reads ask for; the same of both files. */
export const questionsSchema = z.object({
  plans: z.array(z.string()),
  chronicle: z.string(),
  oneLetter: z.array(z.string()),
  threeLetters: z.array(z.string()),
  twoNames: z.array(z.string()),
  words: z.array(z.string()),
  offsets: z.array(z.int()),
});
export type Questions = z.infer<typeof questionsSchema>;

export type FilledFiles = {
  readonly encrypted: string;
  readonly plain: string;
  readonly keyHex: string;
  readonly questions: string;
  readonly records: number;
};

/** The first client has the chronicle, the next ones the plans, all others a few records. */
function* fillingClients(filling: Filling): Generator<readonly Change[], void> {
  yield* benchmarkClients(1, filling.chronicleRecords);
  yield* skipping(1, benchmarkClients(1 + filling.plans, filling.planRecords));
  yield* skipping(1 + filling.plans, benchmarkClients(filling.clients, fewRecords));
}

function* skipping<T>(count: number, all: Iterable<T>): Generator<T, void> {
  let index = 0;
  for (const one of all) {
    if (index >= count) yield one;
    index += 1;
  }
}

/**
 * Makes a case file by the program's own code, with its full-text index, and beside it the same database
 * without encryption. Both are compacted, so that they differ in nothing but the cipher.
 */
export const fillCaseFiles = async (folder: string, filling: Filling): Promise<FilledFiles> => {
  const encrypted = path.join(folder, 'encrypted.db');
  const plain = path.join(folder, 'plain.db');
  const questions = path.join(folder, 'questions.json');
  const caseFile = await newCaseFile(encrypted);
  const desk = benchmarkDesk(caseFile);
  let records = 0;
  const plans: Id[] = [];
  for (const page of pagesOf(counting(fillingClients(filling), filling, plans))) {
    const request = {
      protocol: protocolVersion,
      begun: newId(benchmarkNowMs, desk.randomBytes),
      cursor: null,
      awaiting: [],
      erased: [],
      directoryRevision: 0,
    };
    const applied = applyPage(desk, request, page);
    if (!applied.ok) throw new Error(`A page was not applied: ${applied.error.kind}`);
    records += page.changes.length;
  }
  indexAll(desk);
  fs.writeFileSync(questions, JSON.stringify(chooseQuestions(desk, filling, plans)));
  const key = Buffer.from(caseFile.key);
  const closed = caseFile.close();
  if (!closed.ok) throw new Error(`The case file did not close: ${closed.error.kind}`);
  compact(encrypted, key);
  fs.copyFileSync(encrypted, plain);
  decrypt(plain, key);
  return { encrypted, plain, keyHex: key.toString('hex'), questions, records };
};

function* counting(
  clients: Iterable<readonly Change[]>,
  { plans }: Filling,
  ids: Id[],
): Generator<readonly Change[], void> {
  for (const changes of clients) {
    const caseId = changes[0]?.caseId;
    if (caseId !== undefined && ids.length <= plans) ids.push(caseId);
    yield changes;
  }
}

const compact = (file: string, key: Uint8Array): void => {
  const driver = openKeyed(file, key, {});
  driver.pragma('journal_mode = DELETE');
  driver.exec('VACUUM');
  driver.close();
};

const decrypt = (file: string, key: Uint8Array): void => {
  const driver = openKeyed(file, key, {});
  driver.rekey(Buffer.alloc(0));
  driver.exec('VACUUM');
  driver.close();
};

type NameRow = { readonly family_name: string; readonly given_names: string };

/** Asked of each kind. */
const askedOfEach = 200;

const chooseQuestions = ({ db }: Desk, filling: Filling, ids: readonly Id[]): Questions => {
  const random = createRandom(4, 0);
  const names = db.all<NameRow>('SELECT family_name, given_names FROM client_index');
  const bodies = db.all<{ body: string }>(
    'SELECT body FROM text_row WHERE text_no % 97 = 1 OR text_no < 100',
  );
  const [chronicle = '', ...plans] = ids;
  const some = <T>(choose: () => T): T[] => Array.from({ length: askedOfEach }, choose);
  return {
    plans,
    chronicle,
    oneLetter: some(() => random.pick(names).family_name.slice(0, 1)),
    threeLetters: some(() => random.pick(names).family_name.slice(0, 3)),
    twoNames: some(() => {
      const name = random.pick(names);
      return `${name.family_name.slice(0, 4)} ${name.given_names.slice(0, 2)}`;
    }),
    words: some(() => someWord(random, bodies)),
    offsets: some(() => random.below(filling.clients)),
  };
};

const someWord = (random: Random, bodies: readonly { readonly body: string }[]): string => {
  const words = random
    .pick(bodies)
    .body.split(/\P{L}+/u)
    .filter((word) => word.length >= 5);
  return words.length === 0 ? 'kuntoutus' : random.pick(words);
};
