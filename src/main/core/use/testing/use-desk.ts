import { randomBytes } from 'node:crypto';
import { caseFileIn, quickArgon2, secrets, valueOf } from '#main/db/testing/case-file-fixture.ts';
import type { CaseFile } from '#main/db/file/case-file.ts';
import { createCaseFile } from '#main/db/file/create-case-file.ts';
import { openCaseFile } from '#main/db/file/open-case-file.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import type { Desk, SignText } from '../../desk.ts';
import type { NewUse } from '../new-use.ts';

const start = Date.UTC(2026, 10, 2, 8);
export const anId = (): Id => newId(start, (length) => randomBytes(length));

/** A desk on a real case file, with a clock that only moves by itself a second at a time. */
export type UseDesk = { readonly desk: Desk; readonly file: CaseFile; readonly path: string };

export type Whose = { readonly personId: Id; readonly deviceId: Id; readonly sign: SignText };

const nobody = (): Whose => ({
  personId: anId(),
  deviceId: anId(),
  sign: () => 'x'.repeat(86),
});

export const deskOnFile = (file: CaseFile, { personId, deviceId, sign }: Whose): Desk => {
  let clock = start;
  return {
    db: file.db,
    person: {
      id: personId,
      givenName: 'Kaisa',
      familyName: 'Vuorela',
      profession: 'social-worker',
      taskClass: 'broad-client-responsibility',
      unitId: null,
      registerNumber: null,
      tasks: [],
      duties: [],
      partnerSector: null,
      active: true,
    },
    deviceId,
    sign,
    now: () => (clock += 1_000),
    randomBytes: (length) => randomBytes(length),
  };
};

export const newUseDesk = async (folder: string, whose: Whose = nobody()): Promise<UseDesk> => {
  const path = caseFileIn(folder);
  const file = valueOf(
    await createCaseFile({
      path,
      secrets,
      personId: whose.personId,
      deviceId: whose.deviceId,
      createdAtMs: start,
      argon2: quickArgon2,
    }),
  );
  return { file, path, desk: deskOnFile(file, whose) };
};

export const openUseDesk = async (path: string, whose: Whose = nobody()): Promise<UseDesk> => {
  const file = valueOf(await openCaseFile({ path, secrets }));
  const { personId, deviceId } = file.identity;
  return { file, path, desk: deskOnFile(file, { ...whose, personId, deviceId }) };
};

export const aLook = (content: Partial<NewUse> = {}): NewUse => ({
  action: 'view',
  role: 'custodian',
  caseId: anId(),
  register: 'joint',
  compartments: ['joint/plan'],
  what: { screen: 'client' },
  ground: 'relation',
  basisId: null,
  ...content,
});
