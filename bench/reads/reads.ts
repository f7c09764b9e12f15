import fs from 'node:fs';
import path from 'node:path';
import { runFresh } from '../child.ts';
import type { Report } from '../report.ts';
import { fillCaseFiles, type Filling } from './fill.ts';
import type { ReadResult } from './read-names.ts';

export type ReadsResults = {
  readonly filling: Filling;
  readonly records: number;
  readonly rounds: number;
  readonly encrypted: readonly ReadResult[];
  readonly plain: readonly ReadResult[];
};

/** The usual filling is 50,000 clients, 300 plans of 200 records and one client of 5,000. */
const fillingFor = (scale: number): Filling => ({
  clients: Math.max(20, Math.round(50_000 * scale)),
  plans: Math.max(5, Math.round(300 * Math.min(1, scale))),
  planRecords: 200,
  chronicleRecords: Math.max(100, Math.round(5_000 * Math.min(1, scale))),
});

/** W4: the reads of screens from a filled case file and from the same database without encryption. */
export const measureReads = async (
  options: { readonly scale: number; readonly rounds: number; readonly folder: string },
  report: Report,
): Promise<ReadsResults> => {
  const folder = path.join(options.folder, 'reads');
  fs.mkdirSync(folder);
  const filling = fillingFor(options.scale);
  report(`W4: filling a case file with ${filling.clients} clients`);
  const files = await fillCaseFiles(folder, filling);
  const encrypted: ReadResult[] = [];
  const plain: ReadResult[] = [];
  const once = async (file: string, keyHex: string): Promise<ReadResult> =>
    (await runFresh(path.join(import.meta.dirname, 'run-reads.ts'), {
      file,
      keyHex,
      questions: files.questions,
    })) as ReadResult;
  for (let round = 1; round <= options.rounds; round += 1) {
    const fromPlain = await once(files.plain, '');
    const fromEncrypted = await once(files.encrypted, files.keyHex);
    if (fromPlain.rows !== fromEncrypted.rows) {
      throw new Error('The encrypted file and the plain one answer differently');
    }
    plain.push(fromPlain);
    encrypted.push(fromEncrypted);
    report(`W4: round ${round} of ${options.rounds}`);
  }
  return { filling, records: files.records, rounds: options.rounds, encrypted, plain };
};
