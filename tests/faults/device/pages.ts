import type { Change } from '#shared/domain/change.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Person } from '#shared/domain/directory.ts';
import { derivedId, type Id } from '#shared/domain/ids.ts';
import { protocolVersion } from '#shared/protocol/version.ts';
import type { PullRequest, PullResponse } from '#shared/protocol/pull.ts';
import { writeHybridTime } from '#shared/sync/hybrid-time.ts';

// What the region sends to the device that is to be hurt: each page follows from its number alone, so that
// whoever looks at the file afterwards knows what must be in it.

const idOf = (name: string): Id => derivedId('faults', name);

export const startMs = Date.UTC(2026, 10, 2, 8);
export const caseId = idOf('client');
export const deviceId = idOf('device');
/** Records that every device has from its first page on. */
export const ownRecords: readonly [Id, ...Id[]] = [
  idOf('need 0'),
  ...Array.from({ length: 7 }, (_, index) => idOf(`need ${index + 1}`)),
];

export const owner: Person = {
  id: idOf('owner'),
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
};

const changesOfPage = 6;
const seqOf = (page: number, index: number): number => page * 100 + index;

const byColleague = (
  name: string,
  page: number,
  content: Partial<Change> & Pick<Change, 'recordId'>,
): Change => ({
  id: idOf(`change ${name}`),
  kind: 'need',
  caseId,
  compartment: jointPlan,
  group: 'assessment',
  value: { text: `Kollegan sanat ${name}` },
  parents: [],
  authorId: idOf('colleague'),
  profession: 'physiotherapist',
  taskClass: 'limited-health',
  time: writeHybridTime(startMs + page, 0),
  schema: 1,
  ...content,
});

/** The ids of the changes that page `page` brings from others. */
export const changeIdsOfPage = (page: number): readonly Id[] =>
  Array.from({ length: changesOfPage }, (_, index) => idOf(`change ${page}/${index}`));

export const requestOf = (cursor: string | null): PullRequest => ({
  protocol: protocolVersion,
  begun: idOf('begun'),
  cursor,
  awaiting: [],
  erased: [],
  directoryRevision: 0,
});

const pageWith = (page: number, changes: readonly Change[]): PullResponse => ({
  epoch: idOf('epoch'),
  highWater: seqOf(page, 99),
  through: seqOf(page, 99),
  changes: changes.map((change, index) => ({ seq: seqOf(page, index), change })),
  entered: [],
  grants: [],
  left: [],
  receipts: [],
  directory: null,
  cursor: `c${page}`,
  more: page % 3 === 1,
  entering: 0,
});

/** The page by which the client comes. */
export const firstPage = (): PullResponse => ({
  ...pageWith(0, [
    byColleague('identity', 0, {
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
    }),
    ...ownRecords.map((recordId, index) => byColleague(`need ${index}`, 0, { recordId })),
  ]),
  entered: [{ caseId, compartment: jointPlan }],
  grants: [
    {
      caseId,
      compartment: jointPlan,
      basis: 'relation',
      relation: 'team',
      role: 'participant',
      basisId: null,
      writes: true,
      manages: true,
      untilMs: null,
    },
  ],
});

/** A later page: words of others, and own changes that the region has stored. */
export const laterPage = (page: number, delivered: readonly Change[]): PullResponse => ({
  ...pageWith(page, [
    ...Array.from({ length: changesOfPage }, (_, index) =>
      byColleague(`${page}/${index}`, page, { recordId: idOf(`record ${page}/${index}`) }),
    ),
    ...delivered,
  ]),
});
