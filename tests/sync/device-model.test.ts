import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '#shared/domain/change.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import { existenceGroup, policyOf } from '#shared/domain/records/kinds.ts';
import { existenceSchema, recordState } from '#shared/sync/existence.ts';
import { headsOf } from '#shared/sync/heads.ts';
import { writeHybridTime } from '#shared/sync/hybrid-time.ts';
import { emptyReplica, groupOf, groupStates, receive, type Replica } from '#shared/sync/replica.ts';
import type { PullRequest, PullResponse } from '#shared/protocol/pull.ts';
import { protocolVersion } from '#shared/protocol/version.ts';
import type { Receipt } from '#shared/protocol/push.ts';
import { createCaseFile } from '#main/db/file/create-case-file.ts';
import { eraseAllChanges, readCase } from '#main/db/queries/changes.ts';
import { eraseClientIndex } from '#main/db/queries/client-index.ts';
import { eraseConflicts } from '#main/db/queries/conflicts.ts';
import { findCase } from '#main/db/queries/cases.ts';
import { idFromBytes } from '#main/db/id-bytes.ts';
import { withTransaction } from '#main/db/handles.ts';
import type { CaseFile } from '#main/db/file/case-file.ts';
import type { Desk } from '#main/core/desk.ts';
import { removeRecord, restoreRecord } from '#main/core/editing/remove-record.ts';
import { writeEdits } from '#main/core/editing/write-edits.ts';
import { byGroup, byRecord, groupState } from '#main/core/records/group-state.ts';
import { applyPage } from '#main/core/syncing/apply-page.ts';
import { cheapArgon2 } from '../story/desks.ts';
import { grantOf } from './device-fixture.ts';

/**
 * The case file against the rules in their plainest form: whatever is written, received, refused, received
 * twice or in whatever order, the device's real tables say what a replica of the same changes says.
 */

const id = (): Id => newId(Date.UTC(2026, 10, 2), (length) => randomBytes(length));
const me = {
  id: id(),
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
const deviceId = id();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'punos-model-'));
let file: CaseFile;
let desk: Desk;
let clock = Date.UTC(2026, 10, 2, 8);

beforeAll(async () => {
  const made = await createCaseFile({
    path: path.join(folder, 'case.db'),
    secrets: { secret: 'malli', keyChainSecret: null },
    personId: me.id,
    deviceId,
    createdAtMs: clock,
    argon2: cheapArgon2,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  file = made.value;
  desk = {
    db: file.db,
    person: me,
    deviceId,
    sign: () => 'x',
    now: () => (clock += 1_000),
    randomBytes: (length) => randomBytes(length),
  };
});
afterAll(() => {
  file.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const request = (): PullRequest => ({
  protocol: protocolVersion,
  begun: id(),
  cursor: null,
  awaiting: [],
  erased: [],
  directoryRevision: 0,
});
const epoch = id();
const page = (
  changes: PullResponse['changes'],
  receipts: readonly Receipt[] = [],
): PullResponse => ({
  epoch,
  highWater: 0,
  through: 0,
  changes,
  entered: [],
  grants: [...new Set(changes.map(({ change }) => change.caseId))].map((caseId) => grantOf(caseId)),
  left: [],
  receipts: [...receipts],
  directory: null,
  cursor: 'c',
  more: true,
  entering: 0,
});

/** What the test plays with: three records, and the client itself. */
const places = (caseId: Id, records: readonly Id[]) =>
  [
    ...records.flatMap((recordId) =>
      ['assessment', 'status', 'order'].map((group) => ({ recordId, kind: 'need', group })),
    ),
    { recordId: caseId, kind: 'client', group: 'identity' },
  ] as const;

const sentences = ['Kävelee ulkona.', 'Käy kaupassa.', 'Nukkuu hyvin.', 'Syö itse.', 'Soittaa.'];
const valueOf = (group: string, pick: number): Change['value'] => {
  switch (group) {
    case 'assessment':
      return {
        text: ['Alku.', 'Toinen.', 'Kolmas.', 'Neljäs.']
          .map((text, index) => (index === pick % 4 ? (sentences[pick % 5] ?? '') : text))
          .join(' '),
      };
    case 'status':
      return { status: pick % 2 ? 'open' : 'resolved', reason: '', date: null };
    case 'order':
      return { key: `a${pick % 7}` };
    default:
      return {
        familyName: `Nimi${pick % 3}`,
        givenNames: 'Aune',
        preferredName: '',
        personalIdentityCode: null,
        temporaryId: null,
        birthDate: null,
      };
  }
};

type Step = {
  readonly do: 'write' | 'remote' | 'receive' | 'refuse' | 'remove' | 'restore' | 'again';
  readonly at: number;
  readonly pick: number;
  readonly behind: boolean;
};
const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom(
    'write',
    'write',
    'remote',
    'remote',
    'remote',
    'receive',
    'receive',
    'refuse',
    'remove',
    'restore',
    'again',
  ),
  at: fc.nat(60),
  pick: fc.nat(60),
  behind: fc.boolean(),
});

/** What the sequences came to, so that a test of nothing is noticed. */
const met = { conflicts: 0, merges: 0, removals: 0, refusals: 0 };

const pickFrom = <T>(from: readonly T[], at: number): T | undefined =>
  from[at % Math.max(from.length, 1)];

const play = (steps: readonly Step[]): void => {
  const caseId = id();
  const spots = places(caseId, [id(), id(), id()]);
  let model: Replica<Change> = emptyReplica();
  const delivered = new Set<Id>();
  const own = new Map<Id, Change>();
  const remote: Change[] = [];
  let seq = 0;

  const deliver = (changes: readonly Change[], receipts: readonly Receipt[] = []): void => {
    const applied = applyPage(
      desk,
      request(),
      page(
        changes.map((change) => ({ seq: (seq += 1), change })),
        receipts,
      ),
    );
    expect(applied.ok).toBe(true);
    for (const change of changes) delivered.add(change.id);
    model = receive(model, ...changes);
  };
  const other = (content: Pick<Change, 'recordId' | 'kind' | 'group' | 'value' | 'parents'>) => ({
    id: id(),
    caseId,
    compartment: jointPlan,
    authorId: deviceId,
    profession: 'physiotherapist',
    taskClass: 'limited-health',
    time: writeHybridTime((clock += 500), 0),
    schema: 1,
    ...content,
  });
  /** The own changes of a command, read back from the outbox as they will be sent. */
  const taken = (): void => {
    const bodies = file.db.all<{ body: string }>('SELECT body FROM outbox');
    for (const { body } of bodies) {
      const change = JSON.parse(body) as Change;
      if (change.caseId !== caseId || own.has(change.id)) continue;
      own.set(change.id, change);
      model = receive(model, change);
    }
  };

  deliver([
    other({
      recordId: id(),
      kind: 'membership',
      group: 'grant',
      parents: [],
      value: {
        personId: me.id,
        profession: 'social-worker',
        taskClass: 'limited-health',
        role: 'participant',
        validFrom: '2020-01-01',
        validTo: null,
        ground: '',
      },
    }),
  ]);
  for (const { do: what, at, pick, behind } of steps) {
    const spot = pickFrom(spots, at) ?? spots[0];
    const known = groupOf(model, spot);
    const heads = headsOf(known).map((head) => head.id);
    switch (what) {
      case 'write': {
        // D5: perhaps over heads that the person saw some time ago.
        const seen = behind ? known.slice(0, 1).map((change) => change.id) : heads;
        const written = writeEdits(desk, caseId, [
          { ...spot, compartment: jointPlan, value: valueOf(spot.group, pick), basedOn: seen },
        ]);
        expect(written.ok, JSON.stringify(written)).toBe(true);
        taken();
        break;
      }
      case 'remote': {
        const all = [...remote, ...own.values()].filter(
          (change) => change.recordId === spot.recordId && change.group === spot.group,
        );
        const parent = pickFrom(all, pick);
        const parents = parent ? [parent.id] : [];
        remote.push(other({ ...spot, value: valueOf(spot.group, pick), parents }));
        if (!behind) deliver(remote.slice(-1));
        break;
      }
      case 'receive':
        deliver(remote.filter((_, index) => (index + at) % 3 === pick % 3).toReversed());
        break;
      case 'again': {
        const change = pickFrom([...own.values()], at);
        if (change) deliver([change, ...(behind ? [change] : [])]);
        break;
      }
      case 'refuse': {
        const change = pickFrom([...own.values()], at);
        if (!change) break;
        const code = 'bad-value';
        deliver([], [{ changeId: change.id, verdict: 'refused', code }]);
        if (!delivered.has(change.id)) {
          met.refusals += 1;
          const changes = new Map(model.changes);
          changes.delete(change.id);
          model = { changes };
        }
        break;
      }
      case 'remove':
        removeRecord(desk, caseId, spot.recordId, 'Kirjattu väärälle.');
        taken();
        break;
      case 'restore':
        restoreRecord(desk, caseId, spot.recordId);
        taken();
        break;
    }
    compare(caseId, model);
  }
  // Refused rows wait for their author for good: the next sequence must not see them.
  withTransaction(file.db, (db) => {
    const caseNo = findCase(db, caseId) ?? 0;
    db.run('DELETE FROM outbox WHERE case_no = ?', [caseNo]);
    eraseAllChanges(db, caseNo);
    eraseConflicts(db, caseNo);
    eraseClientIndex(db, caseNo);
  });
};

const compare = (caseId: Id, model: Replica<Change>): void => {
  const caseNo = findCase(file.db, caseId) ?? 0;
  const known = readCase(file.db, caseNo);
  expect(known.map((change) => change.id).toSorted()).toEqual([...model.changes.keys()].toSorted());

  const due = groupStates(model, (change) => policyOf(change.kind, change.group));
  const conflicts: string[] = [];
  for (const [recordId, changes] of byRecord(known)) {
    for (const [group, ofGroup] of byGroup(changes)) {
      const state = groupState(ofGroup);
      const expected = due.get(`${recordId}/${group}`);
      expect(plain(state), `${recordId}/${group}`).toEqual(expected && plain(expected));
      if (expected?.state === 'merged') met.merges += 1;
      if (group !== existenceGroup && expected?.state === 'conflict') {
        met.conflicts += 1;
        conflicts.push(`${recordId}/${group}`);
      }
    }
    const of = [...model.changes.values()].filter((change) => change.recordId === recordId);
    if (existence(of) === 'removed') met.removals += 1;
    if (existence(of) === 'removed-and-edited') conflicts.push(`${recordId}/${existenceGroup}`);
  }
  const rows = file.db
    .all<{ record_id: Buffer; group_name: string }>(
      'SELECT record_id, group_name FROM conflict WHERE case_no = ?',
      [caseNo],
    )
    .map((row) => `${idFromBytes(row.record_id)}/${row.group_name}`);
  expect(rows.toSorted()).toEqual(conflicts.toSorted());

  const identity = headsOf(groupOf(model, { recordId: caseId, group: 'identity' }));
  const newest = identity.toSorted((a, b) => (`${a.time}${a.id}` < `${b.time}${b.id}` ? -1 : 1));
  const listed = file.db.value<string>('SELECT family_name FROM client_index WHERE case_no = ?', [
    caseNo,
  ]);
  expect(listed).toBe(newest.at(-1)?.value['familyName']);
};

type Shown =
  | ReturnType<typeof groupState>
  | NonNullable<ReturnType<ReturnType<typeof groupStates>['get']>>;
const plain = (state: Shown) => ({
  state: state.state,
  heads: state.state === 'empty' ? [] : state.heads.map((head) => head.id).toSorted(),
  value: 'value' in state ? state.value : null,
  ancestor: 'ancestor' in state ? (state.ancestor?.id ?? null) : null,
});

const existence = (ofRecord: readonly Change[]): string => {
  const groups = Map.groupBy(ofRecord, (change) => change.group);
  const values = headsOf(groups.get(existenceGroup) ?? []).map((head) =>
    existenceSchema.parse(head.value),
  );
  const removals = values.flatMap((value) => (value.state === 'removed' ? [value] : []));
  const heads = [...groups]
    .filter(([group]) => group !== existenceGroup)
    .flatMap(([, changes]) => headsOf(changes).map((head) => head.id));
  return recordState(removals, removals.length < values.length, heads).state;
};

describe('the case file and the model', () => {
  it('H1 M1 M6 R2 D5 D7 say the same after any writing and receiving', () => {
    const runs = Number(process.env['PUNOS_MODEL_RUNS'] ?? 100);
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }), (steps) => {
        play(steps);
      }),
      { numRuns: runs },
    );
    process.stdout.write(`device model: ${runs} sequences, ${JSON.stringify(met)}\n`);
    const { merges: _rare, ...often } = met;
    for (const [what, times] of Object.entries(often)) expect(times, what).toBeGreaterThan(0);
  });
});
