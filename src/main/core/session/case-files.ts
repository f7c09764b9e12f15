import type { Problem } from '#shared/contract/calls.ts';
import type { Person } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
import { err, type Result } from '#shared/lib/result.ts';
import { createCaseFile } from '#main/db/file/create-case-file.ts';
import type { Argon2Parameters, Secrets } from '#main/db/file/key-wrap.ts';
import { openCaseFile } from '#main/db/file/open-case-file.ts';
import { writeState } from '#main/db/queries/sync-state.ts';
import type { Surroundings } from '../desk.ts';
import { caseFilePath, readCard, writeCard, type DeskCard } from './desk-cards.ts';
import type { DeviceKey } from './device-key.ts';
import { caseFileProblem, deskOn, type OpenDesk } from './open-desk.ts';
import { takeOverUnsent } from './take-over-unsent.ts';

export type CaseFileParts = Surroundings & {
  readonly dataFolder: string;
  readonly keyChainSecret: Uint8Array | null;
  /** Cheaper in tests; the program uses the case file's own. */
  readonly argon2?: Argon2Parameters;
};

const secretsOf = (parts: CaseFileParts, secret: string): Secrets => ({
  secret,
  keyChainSecret: parts.keyChainSecret,
});

/** Opens the case file of somebody who has one on this computer. */
export const openOwnFile = async (
  parts: CaseFileParts,
  card: DeskCard,
  secret: string,
): Promise<Result<OpenDesk, Problem>> => {
  const opened = await openCaseFile({
    path: caseFilePath(parts.dataFolder, card.person.id),
    secrets: secretsOf(parts, secret),
  });
  if (!opened.ok) return err(caseFileProblem(opened.error));
  return deskOn(opened.value, card.person, parts);
};

/** Makes a case file for somebody new here, with the key by which the region has enrolled this device. */
export const makeOwnFile = async (
  parts: CaseFileParts,
  owner: { readonly person: Person; readonly deviceId: Id; readonly deviceKey: DeviceKey },
  secret: string,
): Promise<Result<OpenDesk, Problem>> => {
  const made = await createCaseFile({
    path: caseFilePath(parts.dataFolder, owner.person.id),
    secrets: secretsOf(parts, secret),
    personId: owner.person.id,
    deviceId: owner.deviceId,
    createdAtMs: parts.now(),
    // A file without it would open for nobody, and a crash may come between any two steps.
    fill: (db) => writeState(db, 'deviceKey', owner.deviceKey.privateKey),
    ...(parts.argon2 === undefined ? {} : { argon2: parts.argon2 }),
  });
  if (!made.ok) return err(caseFileProblem(made.error));
  return deskOn(made.value, owner.person, parts);
};

/** Brings over the unsent work of a file of this person that was set aside, where the secret opens it. */
export const takeOverSetAside = async (
  parts: CaseFileParts,
  desk: OpenDesk,
  secret: string,
): Promise<void> => {
  const card = readCard(parts.dataFolder, desk.desk.person.id);
  if (!card?.setAside) return;
  const taken = await takeOverUnsent(desk.desk, card.setAside, secretsOf(parts, secret));
  if (taken !== null) writeCard(parts.dataFolder, { ...card, setAside: null });
};
