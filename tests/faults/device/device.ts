import { randomBytes } from 'node:crypto';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { caseFilePath, writeCard } from '#main/core/session/desk-cards.ts';
import { newDeviceKey } from '#main/core/session/device-key.ts';
import { makeOwnFile } from '#main/core/session/case-files.ts';
import { deskOn, type OpenDesk } from '#main/core/session/open-desk.ts';
import type { Desk, Surroundings } from '#main/core/desk.ts';
import { openSecondConnection, type CaseFile } from '#main/db/file/case-file.ts';
import type { Argon2Parameters, Secrets } from '#main/db/file/key-wrap.ts';
import { openCaseFile } from '#main/db/file/open-case-file.ts';
import { migrations as shipped } from '#main/db/migrations/index.ts';
import type { Migration } from '#main/db/migrations/migrations.ts';
import { deviceId, owner } from './pages.ts';

/** Which secret opens the file, and how many migrations have come after the shipped ones. */
export type Versions = { readonly secret: number; readonly schema: number };

export type OpenDevice = {
  readonly file: CaseFile;
  readonly desk: Desk;
  /** As the sync thread has it: a connection of its own. */
  readonly syncDesk: Desk;
  readonly close: () => Result<void, { readonly kind: string }>;
};

export type Trouble = { readonly kind: string };

export const fileOf = (folder: string): string => caseFilePath(folder, owner.id);

export const secretsOf = (secret: number): Secrets => ({
  secret: `salasana-${secret}`,
  keyChainSecret: null,
});

/** Migrations of a later program: each writes a whole table anew, so that there is something to interrupt. */
const later = (number: number, index: number): Migration => ({
  number,
  name: `rebuild-${index}`,
  up: `CREATE TABLE rebuilt_${index} AS SELECT * FROM change;
       CREATE UNIQUE INDEX rebuilt_${index}_by_id ON rebuilt_${index} (change_id);
       DROP TABLE IF EXISTS rebuilt_${index - 1};`,
});

export const migrationsTo = (schema: number): readonly Migration[] => [
  ...shipped,
  ...Array.from({ length: schema }, (_, index) => later(shipped.length + index + 1, index + 1)),
];

const surroundings: Surroundings = { now: Date.now, randomBytes: (length) => randomBytes(length) };

const withSyncDesk = ({ file, desk }: OpenDesk): Result<OpenDevice, Trouble> => {
  const second = openSecondConnection(file);
  if (!second.ok) {
    file.close();
    return second;
  }
  return ok({
    file,
    desk,
    syncDesk: { ...desk, db: second.value.db },
    close: () => {
      second.value.close();
      return file.close();
    },
  });
};

/** What somebody new at this computer gets: a folder, a card, and a case file with the device's key. */
export const makeDevice = async (
  folder: string,
  argon2: Argon2Parameters,
): Promise<Result<OpenDevice, Trouble>> => {
  writeCard(folder, cardOf(0));
  const made = await makeOwnFile(
    { ...surroundings, dataFolder: folder, keyChainSecret: null, argon2 },
    { person: owner, deviceId, deviceKey: newDeviceKey() },
    secretsOf(0).secret,
  );
  if (!made.ok) return err({ kind: made.error.code });
  return withSyncDesk(made.value);
};

/** The program's own way to an existing case file. */
export const openDevice = async (
  folder: string,
  { secret, schema }: Versions,
): Promise<Result<OpenDevice, Trouble>> => {
  const opened = await openCaseFile({
    path: fileOf(folder),
    secrets: secretsOf(secret),
    migrations: migrationsTo(schema),
  });
  if (!opened.ok) return opened;
  const desk = deskOn(opened.value, owner, surroundings);
  return desk.ok ? withSyncDesk(desk.value) : err({ kind: desk.error.code });
};

/** The card beside the file; its number of waiting changes tells which writing of it this is. */
export const cardOf = (waiting: number) => ({
  person: owner,
  login: 'kaisa',
  provider: null,
  waiting,
  setAside: null,
});
