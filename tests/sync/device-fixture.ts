import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Change } from '#shared/domain/change.ts';
import type { Person, WorkTask } from '#shared/domain/directory.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import { writeHybridTime } from '#shared/sync/hybrid-time.ts';
import type { Grant } from '#shared/protocol/grant.ts';
import { leftText } from '#shared/protocol/left-text.ts';
import type { PullRequest } from '#shared/protocol/pull.ts';
import type { ReadPage } from '#shared/protocol/read-page.ts';
import { protocolVersion } from '#shared/protocol/version.ts';
import type { CaseFile } from '#main/db/file/case-file.ts';
import { createCaseFile } from '#main/db/file/create-case-file.ts';
import { writeState } from '#main/db/queries/sync-state.ts';
import type { Desk } from '#main/core/desk.ts';
import { writeEdits } from '#main/core/editing/write-edits.ts';
import { applyPage } from '#main/core/syncing/apply-page.ts';
import { cheapArgon2 } from '../story/desks.ts';

const start = Date.UTC(2026, 10, 2, 8);
export const anId = (): Id => newId(start, (length) => randomBytes(length));

/** Above every number that a test gives. */
export const highWaterOfTests = 1_000_000;

/** Somebody of the directory; without `task` they have none there. */
export const staffMember = (
  profession: string,
  taskClass: string,
  task: Partial<WorkTask> | null = null,
): Person => ({
  id: anId(),
  givenName: profession,
  familyName: 'Esimerkki',
  profession,
  taskClass,
  unitId: null,
  registerNumber: null,
  tasks: task
    ? [
        {
          unitId: null,
          profession,
          taskClass,
          services: [],
          round: false,
          validFrom: '2026-01-01',
          validTo: null,
          ...task,
        },
      ]
    : [],
  duties: [],
  partnerSector: null,
  active: true,
});

/** As the region grants a member of the team the joint plan. */
export const grantOf = (caseId: Id, content: Partial<Grant> = {}): Grant => ({
  caseId,
  compartment: jointPlan,
  basis: 'relation',
  relation: 'team',
  role: 'participant',
  basisId: null,
  writes: true,
  manages: true,
  untilMs: null,
  ...content,
});

/** A desk on a real case file, without a network: pages are given to it by hand. */
export type BareDesk = {
  readonly desk: Desk;
  /** The open case file, for looking at its bytes. */
  readonly file: CaseFile;
  /** Lets time pass: milliseconds. */
  readonly pass: (ms: number) => void;
  readonly epoch: Id;
  /** A change of somebody else. */
  readonly other: (content: Partial<Change> & Pick<Change, 'caseId'>) => Change;
  readonly request: (content?: Partial<PullRequest>) => PullRequest;
  /** What leaves is signed by the region unless `content` has a `leftSignature` of its own. */
  readonly page: (content: Partial<ReadPage>) => ReadPage;
  /** Takes a page in; throws when it cannot be stored. */
  readonly take: (content: Partial<ReadPage>, request?: Partial<PullRequest>) => void;
  /** A client of whose team the person is a member, entered. */
  readonly client: () => { readonly caseId: Id; readonly need: Change };
  readonly end: () => void;
};

export const bareDesk = async (): Promise<BareDesk> => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'punos-desk-'));
  const personId = anId();
  const deviceId = anId();
  const made = await createCaseFile({
    path: path.join(folder, 'case.db'),
    secrets: { secret: 'koe', keyChainSecret: null },
    personId,
    deviceId,
    createdAtMs: start,
    argon2: cheapArgon2,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const file = made.value;
  const regionKeys = generateKeyPairSync('ed25519');
  const regionKey = regionKeys.publicKey
    .export({ format: 'der', type: 'spki' })
    .subarray(-32)
    .toString('base64url');
  writeState(file.db, 'regionKey', regionKey);
  let clock = start;
  let seq = 0;
  const epoch = anId();
  const desk: Desk = {
    db: file.db,
    person: {
      id: personId,
      givenName: 'Kaisa',
      familyName: 'Vuorela',
      profession: 'social-worker',
      taskClass: 'limited-health',
      unitId: null,
      registerNumber: null,
      tasks: [],
      duties: [],
      partnerSector: null,
      active: true,
    },
    deviceId,
    sign: () => 'x'.repeat(86),
    now: () => (clock += 1_000),
    randomBytes: (length) => randomBytes(length),
  };
  const other: BareDesk['other'] = (content) => ({
    id: anId(),
    recordId: anId(),
    kind: 'need',
    compartment: jointPlan,
    group: 'assessment',
    value: { text: 'Kävely on epävarmaa.' },
    parents: [],
    authorId: deviceId,
    profession: 'physiotherapist',
    taskClass: 'limited-health',
    time: writeHybridTime((clock += 500), 0),
    schema: 1,
    ...content,
  });
  const request: BareDesk['request'] = (content = {}) => ({
    protocol: protocolVersion,
    begun: anId(),
    cursor: null,
    awaiting: [],
    erased: [],
    directoryRevision: 0,
    ...content,
  });
  /** As a region signs what leaves; the device has learnt its key at sign-in. */
  const signedLeaving = (made: ReadPage): string =>
    sign(null, Buffer.from(leftText(deviceId, made)), regionKeys.privateKey).toString('base64url');
  const page: BareDesk['page'] = (content) => {
    const made: ReadPage = {
      epoch,
      highWater: highWaterOfTests,
      through: seq,
      changes: [],
      entered: [],
      grants: [],
      left: [],
      receipts: [],
      directory: null,
      cursor: `c${seq}`,
      more: false,
      entering: 0,
      unreadable: [],
      ...content,
    };
    return made.left.length === 0 || 'leftSignature' in content
      ? made
      : { ...made, leftSignature: signedLeaving(made) };
  };
  const take: BareDesk['take'] = (content, asked) => {
    const read = page(content);
    const applied = applyPage(desk, request(asked), read, read.unreadable);
    if (!applied.ok) throw new Error(JSON.stringify(applied.error));
  };
  return {
    desk,
    file,
    pass: (ms) => {
      clock += ms;
    },
    epoch,
    other,
    request,
    page,
    take,
    client: () => {
      const caseId = anId();
      const own = other({
        caseId,
        kind: 'membership',
        group: 'grant',
        value: {
          personId,
          profession: 'social-worker',
          taskClass: 'limited-health',
          role: 'participant',
          validFrom: '2020-01-01',
          validTo: null,
          ground: '',
        },
      });
      const need = other({ caseId });
      const identity = other({
        caseId,
        recordId: caseId,
        kind: 'client',
        group: 'identity',
        value: {
          familyName: 'Kivimetsä',
          givenNames: 'Aune',
          preferredName: '',
          personalIdentityCode: null,
          temporaryId: null,
          birthDate: null,
        },
      });
      take({
        changes: [own, identity, need].map((change) => ({ seq: (seq += 1), change })),
        entered: [{ caseId, compartment: jointPlan }],
        grants: [grantOf(caseId)],
      });
      return { caseId, need };
    },
    end: () => {
      file.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** A new need in the words of the desk's person. @returns the change's id */
export const writeNeed = (desk: Desk, caseId: Id, text: string): Id => {
  const written = writeEdits(desk, caseId, [
    {
      recordId: anId(),
      kind: 'need',
      compartment: jointPlan,
      group: 'assessment',
      value: { text },
      basedOn: [],
    },
  ]);
  if (!written.ok) throw new Error(JSON.stringify(written.error));
  return written.value.changes[0]?.changeId ?? '';
};
