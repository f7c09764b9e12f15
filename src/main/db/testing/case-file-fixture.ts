import path from 'node:path';

import type { CaseFile } from '../file/case-file.ts';
import { createCaseFile, type CreateCaseFileOptions } from '../file/create-case-file.ts';
import type { Argon2Parameters, Secrets } from '../file/key-wrap.ts';
import type { Migration } from '../migrations/migrations.ts';
import { foundation } from '../migrations/0001-foundation.ts';
import type { Result } from '#shared/lib/result.ts';

/** As weak as argon2 allows: tests open hundreds of case files. */
export const quickArgon2: Argon2Parameters = { memoryKiB: 8, passes: 1, lanes: 1 };

export const secrets: Secrets = { secret: 'kuura-peltomyyrä-42', keyChainSecret: null };

const work: Migration = {
  number: 2,
  name: 'work',
  up: `CREATE TABLE outbox (counter INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
       CREATE TABLE word (text TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;`,
};

/** A small schema of its own: tests of the machinery stay the same when the program's grows. */
export const testMigrations: readonly Migration[] = [foundation, work];

export const caseFileIn = (folder: string): string => path.join(folder, 'oma.db');

export const newCaseFileOptions = (file: string): CreateCaseFileOptions => ({
  path: file,
  secrets,
  personId: '018f0000-0000-7000-8000-000000000001',
  deviceId: '018f0000-0000-7000-8000-000000000002',
  createdAtMs: Date.UTC(2026, 10, 1),
  argon2: quickArgon2,
  migrations: testMigrations,
});

export const newCaseFile = async (file: string): Promise<CaseFile> =>
  valueOf(await createCaseFile(newCaseFileOptions(file)));

export const valueOf = <T>(result: Result<T, unknown>): T => {
  if (!result.ok) throw new Error(`Not ok: ${JSON.stringify(result.error)}`);
  return result.value;
};
