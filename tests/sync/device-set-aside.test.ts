import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { readPage } from '#shared/protocol/read-page.ts';
import { unreadableChange } from '#shared/protocol/unreadable-change.ts';
import { openClient } from '#main/core/clients/open-client.ts';
import { keepDraft } from '#main/core/editing/keep-drafts.ts';
import { removeRecord } from '#main/core/editing/remove-record.ts';
import { writeEdits } from '#main/core/editing/write-edits.ts';
import { beginAnew } from '#main/core/syncing/begin-anew.ts';
import { readSetAside, tryAgain } from '#main/core/syncing/read-set-aside.ts';
import { scrubErased } from '#main/core/syncing/scrub-erased.ts';
import { setAsideReport } from '#main/core/syncing/set-aside-report.ts';
import { readSyncStatus } from '#main/core/syncing/sync-status.ts';
import { noReport } from '#main/core/syncing/worker-messages.ts';
import { findCase } from '#main/db/queries/cases.ts';
import { withTransaction } from '#main/db/handles.ts';
import { firstSetAside } from '#main/db/queries/set-aside-changes.ts';
import { readState } from '#main/db/queries/sync-state.ts';
import { decryptedPages } from './decrypted-pages.ts';
import { anId, bareDesk, type BareDesk } from './device-fixture.ts';

/** What comes in and cannot be taken: a real case file, and pages as they come over the wire. */

let bare: BareDesk;
let seq = 10_000;

beforeAll(async () => {
  bare = await bareDesk();
});
afterAll(() => bare.end());

/** Takes a page as it came: some of its changes may be whatever somebody made of them. */
const takeEntries = (
  entries: readonly unknown[],
  content: Parameters<BareDesk['take']>[0] = {},
) => {
  const { unreadable: _none, ...page } = bare.page(content);
  const sent = JSON.stringify({ ...page, changes: entries });
  const read = readPage(JSON.parse(sent));
  if (!read) throw new Error('The envelope was refused');
  bare.take(read);
};
const stored = (change: object) => ({ seq: (seq += 1), change });
const view = (caseId: Id) => {
  const opened = openClient(bare.desk, caseId, 'list');
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return opened.value;
};
const headsIn = (caseId: Id, recordId: Id, group = 'assessment') =>
  view(caseId)
    .records.find(({ id }) => id === recordId)
    ?.groups[group]?.heads.map(({ changeId }) => changeId);
const incoming = () => readSetAside(bare.desk.db).incoming;
const write = (caseId: Id, recordId: Id, basedOn: readonly Id[], group = 'assessment') =>
  writeEdits(bare.desk, caseId, [
    {
      recordId,
      kind: 'need',
      compartment: jointPlan,
      group,
      value:
        group === 'status' ? { status: 'open', reason: '', date: null } : { text: 'Uusi arvio.' },
      basedOn: [...basedOn],
    },
  ]);
const forgetAll = () => bare.desk.db.run('DELETE FROM set_aside_change');

describe('a change that cannot be read', () => {
  it('N1 scenario 15: one of 500 is set aside with its words, 499 are stored, the cursor moves', () => {
    const { caseId } = bare.client();
    const good = Array.from({ length: 499 }, () => bare.other({ caseId }));
    const bad = { ...bare.other({ caseId }), parents: 'no list' };
    const entries = [...good.slice(0, 200), bad, ...good.slice(200)].map(stored);
    takeEntries(entries, { cursor: 'past the bad one' });
    expect(readState(bare.desk.db, 'cursor')).toBe('past the bad one');
    const shown = new Set(view(caseId).records.map(({ id }) => id));
    expect(good.every(({ recordId }) => shown.has(recordId))).toBe(true);
    expect(incoming()).toMatchObject([
      { caseId, code: 'bad-shape', recordId: bad.recordId, clientName: 'Kivimetsä Aune' },
    ]);
    const [kept] = firstSetAside(bare.desk.db, 1);
    expect(JSON.parse(kept?.text ?? '')).toEqual(entries[200]);
    expect(readSyncStatus(bare.desk, noReport)).toMatchObject({
      setAside: { incoming: 1, clients: 0 },
    });
    forgetAll();
  });

  it('N1 one that makes storing its client fail is found among the others', () => {
    const { caseId } = bare.client();
    const other = bare.client();
    const first = bare.other({ caseId });
    const breaking = bare.other({
      caseId,
      recordId: caseId,
      kind: 'client',
      group: 'identity',
      value: { familyName: 'Kivimetsä', givenNames: 'Aune', birthDate: { year: 1940 } },
    });
    const elsewhere = bare.other({ caseId: other.caseId });
    takeEntries([first, breaking, elsewhere].map(stored), { cursor: 'past the breaking one' });
    expect(readState(bare.desk.db, 'cursor')).toBe('past the breaking one');
    expect(headsIn(caseId, first.recordId)).toEqual([first.id]);
    expect(headsIn(other.caseId, elsewhere.recordId)).toEqual([elsewhere.id]);
    expect(incoming()).toMatchObject([{ code: 'cannot-be-stored', recordId: caseId }]);
    expect(view(caseId).unread).toEqual({
      whole: false,
      places: [{ recordId: caseId, group: 'identity' }],
    });
    forgetAll();
  });

  it('N1 pitfall 5: what is only strange is stored: another client’s record, foreign parents, a cycle, a coming schema', () => {
    const { caseId, need } = bare.client();
    const other = bare.client();
    const large = { text: 'ä'.repeat(3_000_000) };
    const one = anId();
    const two = anId();
    const ring = anId();
    const changes: readonly Change[] = [
      bare.other({ caseId: other.caseId, recordId: need.recordId }),
      bare.other({ caseId, recordId: need.recordId, group: 'status', parents: [need.id] }),
      bare.other({ caseId, recordId: ring, id: one, parents: [two] }),
      bare.other({ caseId, recordId: ring, id: two, parents: [one] }),
      bare.other({ caseId, kind: 'coming', group: 'new', schema: 9_999, value: { a: [{ b: 1 }] } }),
      bare.other({ caseId, value: large }),
    ];
    takeEntries(changes.map(stored));
    expect(incoming()).toEqual([]);
    expect(headsIn(caseId, need.recordId)).toEqual([need.id]);
    expect(headsIn(caseId, ring)?.toSorted()).toEqual([one, two].toSorted());
    expect(view(caseId).records.map(({ kind }) => kind)).toContain('coming');
    expect(view(other.caseId).records.map(({ id }) => id)).toContain(need.recordId);
  });

  it('N1 scenario 22: 150,000 ids in one pull that cannot be read are kept, and told to the region by a hundred', () => {
    const entries = Array.from({ length: 150_000 }, (_, seq) => ({ seq, change: anId() }));
    takeEntries(entries);
    expect(readSyncStatus(bare.desk, noReport).setAside.incoming).toBe(150_000);
    expect(setAsideReport(bare.desk.db, 100)).toHaveLength(100);
    forgetAll();
  }, 240_000);
});

describe('what is shown meanwhile', () => {
  it('N2 H5 a change set aside hands ancestry on: what it replaced does not stand up beside what replaced it', () => {
    const { caseId, need } = bare.client();
    const first = {
      ...bare.other({ caseId, recordId: need.recordId, parents: [need.id] }),
      time: 1,
    };
    const second = {
      ...bare.other({ caseId, recordId: need.recordId }),
      parents: [first.id],
      time: 2,
    };
    const last = bare.other({ caseId, recordId: need.recordId, parents: [second.id] });
    takeEntries([first, second].map(stored));
    // Until something readable follows, the last readable version is shown, with a mark.
    expect(headsIn(caseId, need.recordId)).toEqual([need.id]);
    takeEntries([stored(last)]);
    expect(headsIn(caseId, need.recordId)).toEqual([last.id]);
    const readable = { ...first, time: bare.other({ caseId }).time } as Change;
    takeEntries([stored(readable)]);
    expect(headsIn(caseId, need.recordId)).toEqual([last.id]);
    forgetAll();
  });

  it('N2 in whatever order they come', () => {
    const { caseId, need } = bare.client();
    const strange = {
      ...bare.other({ caseId, recordId: need.recordId, parents: [need.id] }),
      schema: 0,
    };
    const last = bare.other({ caseId, recordId: need.recordId, parents: [strange.id] });
    takeEntries([stored(last)]);
    takeEntries([stored(strange)]);
    expect(headsIn(caseId, need.recordId)).toEqual([last.id]);
    forgetAll();
  });

  it.each([
    [
      'its group',
      (change: Change) => ({ ...change, time: '' }),
      ['not-all-read', null, 'not-all-read'],
    ],
    [
      'its record',
      (change: Change) => ({ ...change, time: '', group: 1 }),
      ['not-all-read', 'not-all-read', 'not-all-read'],
    ],
    [
      'the client',
      (change: Change) => ({ ...change, recordId: 'no' }),
      ['not-all-read', 'not-all-read', 'not-all-read'],
    ],
  ] as const)('N3 not written is %s; what is typed is kept', (_what, strange, codes) => {
    const { caseId, need } = bare.client();
    const { recordId } = need;
    takeEntries([stored(strange(bare.other({ caseId, recordId })))]);
    const answers = [
      write(caseId, recordId, [need.id]),
      write(caseId, recordId, [], 'status'),
      removeRecord(bare.desk, caseId, recordId, 'Kirjattu väärälle'),
    ];
    expect(answers.map((answer) => (answer.ok ? null : answer.error.code))).toEqual(codes);
    const draft = {
      caseId,
      recordId,
      kind: 'need',
      compartment: jointPlan,
      group: 'assessment',
      value: { text: 'Kesken' },
      basedOn: [],
    };
    expect(keepDraft(bare.desk, draft).ok).toBe(true);
    expect(view(caseId).records.find(({ id }) => id === recordId)?.drafts).toHaveProperty(
      'assessment',
    );
    forgetAll();
    bare.desk.db.run('DELETE FROM draft');
  });
});

describe('trying again', () => {
  it('N4 what can be read now is stored as if it had come in its page; the rest stays', () => {
    const { caseId, need } = bare.client();
    const newer = bare.other({ caseId, recordId: need.recordId, parents: [need.id] });
    const still = { ...bare.other({ caseId }), parents: 1 };
    // As an older program kept it: it could not read what this one can.
    const kept = unreadableChange(stored(newer), 'bad-shape');
    bare.take({ unreadable: [kept, unreadableChange(stored(still), 'bad-shape')] });
    expect(headsIn(caseId, need.recordId)).toEqual([need.id]);
    expect(tryAgain(bare.desk)).toMatchObject({ ok: true, value: { read: 1, caseIds: [caseId] } });
    expect(headsIn(caseId, need.recordId)).toEqual([newer.id]);
    expect(write(caseId, need.recordId, [newer.id]).ok).toBe(true);
    expect(incoming()).toMatchObject([{ recordId: still.recordId }]);
    forgetAll();
    bare.desk.db.run('DELETE FROM outbox');
  });
});

describe('erasing', () => {
  const traces = (words: string): boolean =>
    Buffer.concat(decryptedPages(bare.file.path, bare.file.key)).includes(words);

  it('N5 a change set aside is erased with its scope, and leaves no trace on the disk', () => {
    const { caseId } = bare.client();
    const words = `Salassa pidettävää ${anId()}`;
    takeEntries([stored({ ...bare.other({ caseId, value: { text: words } }), time: 0 })]);
    expect(traces(words)).toBe(true);
    bare.take({ left: [{ caseId, compartment: jointPlan }] });
    expect(incoming()).toEqual([]);
    expect(scrubErased(bare.desk)).toEqual({ ok: true, value: 'clean' });
    expect(traces(words)).toBe(false);
  });

  it('N5 one that does not say whose it is loses its words when anybody leaves, the mark stays', () => {
    const staying = bare.client();
    const leaving = bare.client();
    const words = `Kenen tahansa ${anId()}`;
    takeEntries([
      stored({ ...bare.other({ caseId: staying.caseId, value: { text: words } }), caseId: 7 }),
    ]);
    bare.take({ left: [{ caseId: leaving.caseId, compartment: jointPlan }] });
    expect(incoming()).toMatchObject([{ caseId: null, isErased: true }]);
    expect(scrubErased(bare.desk)).toEqual({ ok: true, value: 'clean' });
    expect(traces(words)).toBe(false);
    forgetAll();
  });

  it('N5 P6 of a client who never entered nothing is left when the pull is complete', () => {
    const caseId = anId();
    takeEntries([stored({ ...bare.other({ caseId }), time: 0 })], { more: true });
    expect(incoming()).toHaveLength(1);
    bare.take({});
    expect(incoming()).toEqual([]);
    expect(findCase(bare.desk.db, caseId)).toBeUndefined();
  });

  it('N5 L5 beginning anew drops them', () => {
    const { caseId } = bare.client();
    takeEntries([stored({ ...bare.other({ caseId }), time: 0 })]);
    withTransaction(bare.desk.db, () => beginAnew(bare.desk));
    expect(incoming()).toEqual([]);
  });
});
