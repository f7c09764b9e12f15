import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkItem } from '#shared/contract/work-calls.ts';
import { addDays, finnishDate } from '#shared/domain/civil-date.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import { acknowledgmentIdOf, planIdOf, type Id } from '#shared/domain/ids.ts';
import type { Change } from '#shared/domain/change.ts';
import { removeRecord } from '#main/core/editing/remove-record.ts';
import { writeEdits } from '#main/core/editing/write-edits.ts';
import { reviewsDueMigration } from '#main/db/migrations/0011-reviews-due.ts';
import { workOutPending } from '#main/core/derived/pending-work.ts';
import { countWork, listWork } from '#main/core/work/list-work.ts';
import { bareItems } from '#main/core/work/work-items.ts';
import type { ReadableDb, SqlParameters } from '#main/db/handles.ts';
import { findCase } from '#main/db/queries/cases.ts';
import { replaceAbsences } from '#main/db/queries/directory.ts';
import { inReview, noteRefused, outboxOfCase } from '#main/db/queries/outbox.ts';
import { eraseWork, pendingWork } from '#main/db/queries/work-rows.ts';
import { anId, bareDesk, grantOf, type BareDesk } from './device-fixture.ts';

let bare: BareDesk;
let seq = 50_000;
beforeAll(async () => {
  bare = await bareDesk();
});
afterAll(() => bare.end());

const arrive = (...changes: readonly Change[]): void =>
  bare.take({ changes: changes.map((change) => ({ seq: (seq += 1), change })) });

const items = (sort: WorkItem['sort'], caseId: Id): readonly WorkItem[] => {
  const listed = listWork(bare.desk);
  if (!listed.ok) throw new Error(JSON.stringify(listed.error));
  return listed.value.items.filter((item) => item.sort === sort && item.client?.caseId === caseId);
};

const today = (): string => finnishDate(bare.desk.now());

const question = (part: object = {}): Change['value'] => ({
  kind: 'fill-part',
  personId: bare.desk.person.id,
  profession: null,
  recordId: anId(),
  group: null,
  text: 'Kirjaatko arvion?',
  due: null,
  ...part,
});

const asked = (caseId: Id, part: object = {}): Change =>
  bare.other({ caseId, kind: 'request', group: 'question', value: question(part), schema: 3 });

const answer = (request: Change, state: string, part: Partial<Change> = {}): Change =>
  bare.other({
    caseId: request.caseId,
    recordId: request.recordId,
    kind: 'request',
    group: 'answer',
    value: { state, text: 'Tehty.', date: null },
    schema: 3,
    ...part,
  });

/** The person at the desk writes. */
const write = (
  place: Pick<Change, 'caseId' | 'recordId' | 'kind' | 'group'>,
  value: object,
  basedOn: readonly Id[] = [],
): void => {
  const { caseId, recordId, kind, group } = place;
  const written = writeEdits(bare.desk, caseId, [
    {
      recordId,
      kind,
      group,
      compartment: jointPlan,
      value: value as Change['value'],
      basedOn: [...basedOn],
    },
  ]);
  if (!written.ok) throw new Error(JSON.stringify(written.error));
};

describe('requests on the work list', () => {
  it('are those asked of the person, with the row that they are about, until they are answered', () => {
    const { caseId, need } = bare.client();
    const heading = bare.other({
      caseId,
      recordId: need.recordId,
      group: 'heading',
      value: { lifeArea: 'mobility', title: 'Liikkuminen' },
    });
    const request = asked(caseId, { recordId: need.recordId, due: '2026-12-08' });
    arrive(heading, request);
    expect(items('request', caseId)).toMatchObject([
      {
        recordId: request.recordId,
        place: { kind: 'need', title: 'Liikkuminen' },
        due: '2026-12-08',
        client: { familyName: 'Kivimetsä' },
        people: [{ personId: request.authorId }],
      },
    ]);
    write({ ...request, group: 'answer' }, { state: 'accepted', text: '', date: today() });
    expect(items('request', caseId)).toMatchObject([{ state: 'accepted' }]);
    const [taken] = items('request', caseId);
    expect(taken?.people).toHaveLength(1);
  });

  it('of one’s profession are everybody’s until somebody has it in hand', () => {
    const { caseId } = bare.client();
    const request = asked(caseId, { personId: null, profession: bare.desk.person.profession });
    arrive(request, asked(caseId, { personId: null, profession: 'doctor' }));
    expect(items('request', caseId).map(({ recordId }) => recordId)).toEqual([request.recordId]);
    arrive(answer(request, 'accepted'));
    expect(items('request', caseId)).toEqual([]);
  });

  it('of somebody else, removed ones and those of a shape unknown are not there', () => {
    const { caseId } = bare.client();
    const removed = asked(caseId);
    arrive(asked(caseId, { personId: anId() }), asked(caseId, { kind: 'later' }), removed);
    expect(items('request', caseId)).toHaveLength(1);
    expect(removeRecord(bare.desk, caseId, removed.recordId, 'Väärä asiakas').ok).toBe(true);
    expect(items('request', caseId)).toEqual([]);
  });

  it('that one made come back when late, and when answered until one has acknowledged it', () => {
    const { caseId } = bare.client();
    const place = { caseId, recordId: anId(), kind: 'request', group: 'question' };
    write(place, question({ personId: anId(), due: addDays(today(), -1) }));
    expect(items('own-request', caseId)).toHaveLength(1);
    const said = answer({ ...asked(caseId), ...place }, 'declined');
    arrive(said);
    expect(items('own-request', caseId)).toEqual([]);
    expect(items('answer', caseId)).toMatchObject([{ state: 'declined', text: 'Tehty.' }]);
    const recordId = acknowledgmentIdOf(place.recordId, bare.desk.person.id);
    write(
      { caseId, recordId, kind: 'acknowledgment', group: 'receipt' },
      { recordId: place.recordId, changeId: said.id },
    );
    expect(items('answer', caseId)).toEqual([]);
    arrive(answer({ ...asked(caseId), ...place }, 'answered', { parents: [said.id] }));
    expect(items('answer', caseId)).toMatchObject([{ state: 'answered' }]);
  });
});

describe('the rest of the work list', () => {
  it('asks to acknowledge hand-overs of others, for two weeks', () => {
    const { caseId } = bare.client();
    const note = bare.other({
      caseId,
      kind: 'note',
      group: 'entry',
      value: {
        kind: 'hand-over',
        text: 'Lääkkeet jaettu, <b>soita</b> huomenna 👩‍⚕️.',
        happenedAt: '2026-11-02T12:00',
        corrects: null,
      },
    });
    const plain = bare.other({
      ...note,
      id: anId(),
      recordId: anId(),
      value: { ...note.value, kind: 'meeting' },
    });
    arrive(note, plain);
    expect(items('hand-over', caseId)).toMatchObject([
      { recordId: note.recordId, text: 'Lääkkeet jaettu, <b>soita</b> huomenna 👩‍⚕️.' },
    ]);
    const recordId = acknowledgmentIdOf(note.recordId, bare.desk.person.id);
    write(
      { caseId, recordId, kind: 'acknowledgment', group: 'receipt' },
      { recordId: note.recordId, changeId: note.id },
    );
    expect(items('hand-over', caseId)).toEqual([]);
  });

  it('tells of reviews from a month before, and of none of a plan that has ended', () => {
    const { caseId } = bare.client();
    const plan = { caseId, recordId: planIdOf(caseId), kind: 'plan' };
    const review = bare.other({ ...plan, group: 'review', value: { date: addDays(today(), 31) } });
    arrive(review);
    expect(items('review', caseId)).toEqual([]);
    write({ ...plan, group: 'review' }, { date: addDays(today(), 30) }, [review.id]);
    expect(items('review', caseId)).toMatchObject([
      { recordId: planIdOf(caseId), due: addDays(today(), 30) },
    ]);
    write({ ...plan, group: 'course' }, { track: 'older-people', status: 'ended' });
    expect(items('review', caseId)).toEqual([]);
  });

  it('tells of versions of what one wrote, and counts what others changed', () => {
    const { caseId, need } = bare.client();
    write({ ...need, group: 'status' }, { status: 'open', reason: '', date: null });
    arrive(
      bare.other({
        caseId,
        recordId: need.recordId,
        group: 'status',
        value: { status: 'resolved', reason: '', date: null },
      }),
    );
    expect(items('conflict', caseId)).toMatchObject([
      { recordId: need.recordId, group: 'status', kind: 'need', count: 2 },
    ]);
    expect(items('changed', caseId)[0]?.count).toBeGreaterThan(0);
  });

  it('tells of what the region did not take', () => {
    const { caseId, need } = bare.client();
    write({ ...need, group: 'client-words' }, { text: 'Pääsen pihalle.' });
    const changeId = outboxOfCase(bare.desk.db, findCase(bare.desk.db, caseId) ?? 0)[0]?.changeId;
    noteRefused(bare.desk.db, changeId ?? '', 'no-access');
    expect(items('refused', caseId)).toMatchObject([{ group: 'client-words', state: 'no-access' }]);
    noteRefused(bare.desk.db, changeId ?? '', inReview);
    expect(items('refused', caseId)).toEqual([]);
  });

  it('brings a colleague’s requests to whoever stands in today, with the clients handed over', () => {
    const [one, other] = [bare.client(), bare.client()];
    const away = anId();
    arrive(
      asked(one.caseId, { personId: away }),
      asked(other.caseId, { personId: away }),
      asked(one.caseId, { personId: anId() }),
    );
    expect(items('request', one.caseId)).toEqual([]);
    const absence = {
      id: anId(),
      personId: away,
      deputyId: bare.desk.person.id,
      validFrom: today(),
      validTo: today(),
      caseIds: [one.caseId],
    };
    replaceAbsences(bare.desk.db, [absence]);
    expect(items('request', one.caseId)).toHaveLength(1);
    expect(items('request', other.caseId)).toEqual([]);
    replaceAbsences(bare.desk.db, []);
  });

  it('is worked out of clients that were here before there was a list', () => {
    const { caseId } = bare.client();
    arrive(asked(caseId));
    const before = items('request', caseId);
    const { db } = bare.desk;
    const caseNo = findCase(db, caseId) ?? 0;
    eraseWork(db, caseNo);
    expect(items('request', caseId)).toEqual([]);
    db.run('INSERT INTO work_pending (case_no) VALUES (?)', [caseNo]);
    expect(workOutPending(db)).toEqual({ ok: true, value: { more: false } });
    expect(items('request', caseId)).toEqual(before);
    expect(pendingWork(db, 1)).toEqual([]);
  });

  it('drops the review of an ended plan from a file in which it still stands', () => {
    const { caseId } = bare.client();
    const plan = { caseId, recordId: planIdOf(caseId), kind: 'plan' };
    write({ ...plan, group: 'review' }, { date: today() });
    write({ ...plan, group: 'course' }, { track: 'older-people', status: 'ended' });
    const { db } = bare.desk;
    const caseNo = findCase(db, caseId) ?? 0;
    db.run('UPDATE client_index SET review_date = ? WHERE case_no = ?', [today(), caseNo]);
    expect(items('review', caseId)).toHaveLength(1);
    const { up } = reviewsDueMigration;
    if (typeof up !== 'string') throw new Error('The migration is not SQL alone');
    db.execute(up);
    while (pendingWork(db, 1).length > 0) workOutPending(db);
    expect(items('review', caseId)).toEqual([]);
  });

  it('forgets all of a client whose part has left', () => {
    const { caseId } = bare.client();
    arrive(asked(caseId));
    expect(items('request', caseId)).toHaveLength(1);
    bare.take({ left: [{ caseId, compartment: jointPlan }] });
    for (const sort of ['request', 'changed'] as const) expect(items(sort, caseId)).toEqual([]);
  });

  it('counts what asks for something, not what has merely changed', () => {
    const listed = listWork(bare.desk);
    const counted = countWork(bare.desk);
    if (!listed.ok || !counted.ok) throw new Error('not read');
    expect(counted.value.count).toBe(
      listed.value.items.filter(({ sort }) => sort !== 'changed').length,
    );
  });
});

describe('with ten thousand clients', () => {
  type Asked = { readonly sql: string; readonly parameters: SqlParameters };

  /** The same case file, with what is asked of it written down. */
  const watched = (db: ReadableDb) => {
    const statements: Asked[] = [];
    const noting =
      (name: 'first' | 'all' | 'each' | 'value') =>
      (sql: string, parameters: SqlParameters = []): unknown => {
        statements.push({ sql, parameters });
        return (db[name] as (sql: string, parameters: SqlParameters) => unknown)(sql, parameters);
      };
    const seen = {
      first: noting('first'),
      all: noting('all'),
      each: noting('each'),
      value: noting('value'),
    } as unknown as ReadableDb;
    return { seen, statements };
  };

  it(
    'the list is read from its own rows, and no client is opened for it',
    { timeout: 120_000 },
    () => {
      const clients = 10_000;
      const page = 500;
      const due = addDays(today(), 60);
      for (let begun = 0; begun < clients; begun += page) {
        const cases = Array.from({ length: page }, anId);
        bare.take({
          changes: cases.flatMap((caseId, index) => {
            const of = (content: Partial<Change>): Change => bare.other({ caseId, ...content });
            return [
              of({
                kind: 'membership',
                group: 'grant',
                value: {
                  personId: bare.desk.person.id,
                  profession: 'social-worker',
                  taskClass: 'limited-health',
                  role: 'participant',
                  validFrom: '2020-01-01',
                  validTo: null,
                  ground: '',
                },
              }),
              of({
                recordId: caseId,
                kind: 'client',
                group: 'identity',
                value: {
                  familyName: 'Salmi',
                  givenNames: `Aino ${begun + index}`,
                  preferredName: '',
                  personalIdentityCode: null,
                  temporaryId: null,
                  birthDate: null,
                },
              }),
              of({
                recordId: planIdOf(caseId),
                kind: 'plan',
                group: 'review',
                value: { date: due },
              }),
            ].map((change) => ({ seq: (seq += 1), change }));
          }),
          entered: cases.map((caseId) => ({ caseId, compartment: jointPlan })),
          grants: cases.map((caseId) => grantOf(caseId)),
        });
      }
      bare.desk.db.execute('ANALYZE');
      const { seen, statements } = watched(bare.desk.db);
      const found = bareItems(seen, bare.desk.person, bare.desk.now());
      const conflicts = found.filter(({ sort }) => sort === 'conflict').length;
      expect(statements.length).toBeLessThan(30 + 3 * conflicts);
      const ofChanges = statements.filter(({ sql }) => /\bFROM change\b/u.test(sql));
      expect(ofChanges.every(({ sql }) => sql.includes('record_id = ?'))).toBe(true);
      const scans = statements.flatMap(({ sql, parameters }) =>
        bare.desk.db
          .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, parameters)
          .filter(({ detail }) =>
            /^SCAN (?:change|client_index|client_case|own_place|outbox|i|p|r|h)\b(?!.*USING (?:COVERING )?INDEX)/u.test(
              detail,
            ),
          )
          .map(({ detail }) => `${detail}: ${sql}`),
      );
      expect(scans).toEqual([]);
    },
  );
});
