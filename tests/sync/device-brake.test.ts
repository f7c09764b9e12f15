import { generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { leftText } from '#shared/protocol/left-text.ts';
import type { Scope } from '#shared/protocol/pull.ts';
import { openClient } from '#main/core/clients/open-client.ts';
import { applyPage } from '#main/core/syncing/apply-page.ts';
import { beginAnew } from '#main/core/syncing/begin-anew.ts';
import { answerRemovals, readRemovals } from '#main/core/syncing/read-removals.ts';
import { readSyncStatus } from '#main/core/syncing/sync-status.ts';
import { noReport } from '#main/core/syncing/worker-messages.ts';
import { openSecondConnection } from '#main/db/file/case-file.ts';
import { withTransaction } from '#main/db/handles.ts';
import { readState, writeState } from '#main/db/queries/sync-state.ts';
import { anId, bareDesk, grantOf, type BareDesk } from './device-fixture.ts';

/** The brake on mass removal, on a real case file. */

let bare: BareDesk;
let seq = 20_000;

beforeEach(async () => {
  bare = await bareDesk();
});
afterEach(() => bare.end());

/** A client with so many needs. */
const clientWith = (needs: number) => {
  const caseId = anId();
  const identity = bare.other({
    caseId,
    recordId: caseId,
    kind: 'client',
    group: 'identity',
    value: {
      familyName: 'Koivumaa',
      givenNames: 'Eino',
      preferredName: '',
      personalIdentityCode: null,
      temporaryId: null,
      birthDate: null,
    },
  });
  const records = Array.from({ length: needs }, () => bare.other({ caseId }));
  bare.take({
    changes: [identity, ...records].map((change) => ({ seq: (seq += 1), change })),
    entered: [{ caseId, compartment: jointPlan }],
    grants: [grantOf(caseId)],
  });
  return { caseId, records };
};

type Removable = Pick<ReturnType<BareDesk['other']>, 'id' | 'recordId' | 'caseId'>;

const removal = ({ caseId, recordId, id }: Removable, authorId?: Id) => ({
  seq: (seq += 1),
  change: bare.other({
    caseId,
    recordId,
    group: 'existence',
    value: { state: 'removed', reason: 'Kirjattu väärälle', covers: [id] },
    ...(authorId !== undefined && { authorId }),
  }),
});

/** Takes a page in, and says whether it was stopped. */
const isStopped = (content: Parameters<BareDesk['page']>[0]): boolean => {
  const applied = applyPage(bare.desk, bare.request(), bare.page(content));
  if (!applied.ok) throw new Error(JSON.stringify(applied.error));
  return applied.value.isStopped;
};
const standing = (caseId: Id): number => {
  const opened = openClient(bare.desk, caseId, 'list');
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return opened.value.records.filter(
    ({ kind, existence }) => kind === 'need' && existence.state === 'standing',
  ).length;
};

describe('counting', () => {
  it.each([
    [600, 49, false],
    [600, 50, false],
    [600, 51, true],
    // 99 with the client’s own record: a tenth is less than ten.
    [98, 50, false],
    [99, 10, false],
    [99, 11, true],
    [299, 30, false],
    [299, 31, true],
  ])('B1 of %i needs and the client %i removed: stopped %s', (held, removed, stopped) => {
    const { caseId, records } = clientWith(held);
    const changes = records.slice(0, removed).map((record) => removal(record));
    expect(isStopped({ changes, cursor: 'after' })).toBe(stopped);
    expect(standing(caseId)).toBe(stopped ? held : held - removed);
    expect(readState(bare.desk.db, 'cursor') === 'after').toBe(!stopped);
  });

  it('B1 counts all pages of one pull, and begins anew after a complete one', () => {
    const { records } = clientWith(600);
    const part = (from: number, to: number) =>
      records.slice(from, to).map((record) => removal(record));
    expect(isStopped({ changes: part(0, 30), more: true })).toBe(false);
    expect(isStopped({ changes: part(30, 50), more: false })).toBe(false);
    expect(isStopped({ changes: part(50, 80), more: true })).toBe(false);
    expect(isStopped({ changes: part(80, 101), more: true })).toBe(true);
  });

  it('B2 counts what stood here and does not after the page, once', () => {
    const { caseId, records } = clientWith(600);
    const already = records.slice(0, 40).map((record) => removal(record));
    expect(isStopped({ changes: already })).toBe(false);
    const again = records.slice(0, 40).map((record) => removal(record));
    const unknown = Array.from({ length: 100 }, () => removal(bare.other({ caseId })));
    const undone = records.slice(100, 160).flatMap((record) => {
      const removed = removal(record);
      const back = bare.other({
        caseId,
        recordId: record.recordId,
        group: 'existence',
        value: { state: 'standing' },
        parents: [removed.change.id],
      });
      return [removed, { seq: (seq += 1), change: back }];
    });
    const twice = records.slice(200, 240).flatMap((record) => [removal(record), removal(record)]);
    expect(isStopped({ changes: [...again, ...unknown, ...undone, ...twice] })).toBe(false);
  });

  it('B2 counts the records of scopes that leave without the region’s signed word', () => {
    const large = clientWith(60);
    const small = clientWith(20);
    clientWith(600);
    const unsigned = ({ caseId }: { readonly caseId: Id }) => ({
      left: [{ caseId, compartment: jointPlan }],
      leftSignature: undefined,
    });
    expect(isStopped(unsigned(small))).toBe(false);
    expect(isStopped(unsigned(large))).toBe(true);
    expect(standing(large.caseId)).toBe(60);
  });

  it('B5 a first sync and a beginning anew are never stopped', () => {
    const { records } = clientWith(600);
    withTransaction(bare.desk.db, () => beginAnew(bare.desk));
    const changes = [
      ...records.map((change) => ({ seq: (seq += 1), change })),
      ...records.map((record) => removal(record)),
    ];
    expect(isStopped({ changes: changes.slice(0, 600), more: true })).toBe(false);
    expect(isStopped({ changes: changes.slice(600) })).toBe(false);
  });
});

describe('the person’s word', () => {
  it('B4 T1 waits, over restarts, and says who removed what; accepted, the pull goes to its end', () => {
    const one = clientWith(300);
    const other = clientWith(300);
    const [someone, another] = [anId(), anId()];
    const changes = [
      ...one.records.slice(0, 40).map((record) => removal(record, someone)),
      ...other.records.slice(0, 20).map((record) => removal(record, another)),
    ];
    const page = { changes, more: true };
    expect(isStopped(page)).toBe(true);
    expect(readRemovals(bare.desk.db)).toMatchObject({
      records: 60,
      clients: 2,
      waiting: false,
      authors: [
        { authorId: someone, records: 40 },
        { authorId: another, records: 20 },
      ],
    });
    expect(readRemovals(bare.desk.db)?.rows[0]).toMatchObject({
      caseId: one.caseId,
      clientName: 'Koivumaa Eino',
      kind: 'need',
    });
    answerRemovals(bare.desk, 'wait');
    // As after a restart: read by another connection.
    const second = openSecondConnection(bare.file);
    if (!second.ok) throw new Error(JSON.stringify(second.error));
    const status = readSyncStatus({ db: second.value.db, now: bare.desk.now }, noReport);
    expect(status).toMatchObject({ brake: { records: 60, waiting: true }, regionHasAll: false });
    second.value.close();
    expect(isStopped(page)).toBe(true);
    expect(standing(one.caseId)).toBe(300);
    answerRemovals(bare.desk, 'take');
    expect(isStopped(page)).toBe(false);
    const rest = one.records.slice(40, 200).map((record) => removal(record));
    expect(isStopped({ changes: rest })).toBe(false);
    expect(standing(one.caseId)).toBe(100);
    expect(readRemovals(bare.desk.db)).toBeNull();
    // Taken for that pull alone.
    const next = one.records.slice(200, 260).map((record) => removal(record));
    expect(isStopped({ changes: next })).toBe(true);
  });

  it('B4 a page that no longer takes so much away is taken', () => {
    const { records } = clientWith(600);
    expect(isStopped({ changes: records.slice(0, 60).map((record) => removal(record)) })).toBe(
      true,
    );
    expect(isStopped({ changes: [] })).toBe(false);
    expect(readSyncStatus(bare.desk, noReport)).toMatchObject({ brake: null });
  });
});

describe('a signed withdrawal', () => {
  const key = generateKeyPairSync('ed25519');
  const publicKey = key.publicKey
    .export({ format: 'der', type: 'spki' })
    .subarray(-32)
    .toString('base64url');
  const signed = (left: readonly Scope[], cursor = 'c-left', deviceId = bare.desk.deviceId) => ({
    left: [...left],
    cursor: 'c-left',
    leftSignature: sign(
      null,
      Buffer.from(leftText(deviceId, { cursor, left })),
      key.privateKey,
    ).toString('base64url'),
  });
  const scopeOf = (caseId: Id): Scope => ({ caseId, compartment: jointPlan });

  beforeEach(() => {
    withTransaction(bare.desk.db, (db) => writeState(db, 'regionKey', publicKey));
  });

  it('B3 is done at once, also from a page that is stopped', () => {
    const leaving = clientWith(80);
    const also = clientWith(80);
    const staying = clientWith(600);
    expect(isStopped(signed([scopeOf(leaving.caseId)]))).toBe(false);
    expect(openClient(bare.desk, leaving.caseId, 'list')).toMatchObject({ ok: false });
    const changes = staying.records.slice(0, 60).map((record) => removal(record));
    expect(isStopped({ ...signed([scopeOf(also.caseId)]), changes })).toBe(true);
    expect(openClient(bare.desk, also.caseId, 'list')).toMatchObject({ ok: false });
    expect(standing(staying.caseId)).toBe(600);
  });

  it.each([
    ['of another page', (left: readonly Scope[]) => signed(left, 'another')],
    ['of another device', (left: readonly Scope[]) => signed(left, 'c-left', anId())],
    [
      'of another list',
      (left: readonly Scope[]) => ({ ...signed([scopeOf(anId())]), left: [...left] }),
    ],
    [
      'that is none',
      (left: readonly Scope[]) => ({ ...signed(left), leftSignature: 'allekirjoitus' }),
    ],
  ])('B3 a signature %s counts for nothing', (_what, word) => {
    const leaving = clientWith(80);
    expect(isStopped(word([scopeOf(leaving.caseId)]))).toBe(true);
    expect(standing(leaving.caseId)).toBe(80);
  });

  it('B3 a page teaches the key to a device that has none, and never another', () => {
    withTransaction(bare.desk.db, (db) => writeState(db, 'regionKey', null));
    const leaving = clientWith(80);
    const word = signed([scopeOf(leaving.caseId)]);
    expect(isStopped({ ...word, regionKey: publicKey })).toBe(true);
    expect(isStopped({ regionKey: publicKey })).toBe(false);
    expect(isStopped({ regionKey: 'A'.repeat(43) })).toBe(false);
    expect(isStopped(word)).toBe(false);
  });
});
