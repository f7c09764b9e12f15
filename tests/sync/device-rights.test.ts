import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contactDetails, jointPlan, permissionsCompartment } from '#shared/domain/codes.ts';
import { contactIdOf, type Id } from '#shared/domain/ids.ts';
import type { Grant } from '#shared/protocol/grant.ts';
import { findCase } from '#main/db/queries/cases.ts';
import { closedCompartments } from '#main/db/queries/scopes.ts';
import { draftsOfCase } from '#main/db/queries/drafts.ts';
import { countConflicts } from '#main/db/queries/conflicts.ts';
import { nextToSend } from '#main/db/queries/outbox.ts';
import { createClient } from '#main/core/clients/create-client.ts';
import { findClients, searchTextsLogged } from '#main/core/clients/find-clients.ts';
import { openClient, revealContact } from '#main/core/clients/open-client.ts';
import { keepDraft } from '#main/core/editing/keep-drafts.ts';
import { removeRecord } from '#main/core/editing/remove-record.ts';
import { writeEdits } from '#main/core/editing/write-edits.ts';
import { closeByClock } from '#main/core/rights/close-by-clock.ts';
import { indexPendingTexts } from '#main/core/derived/text-index.ts';
import { clientNamed } from '../story/desks.ts';
import { anId, bareDesk, grantOf, type BareDesk } from './device-fixture.ts';

let bare: BareDesk;
beforeAll(async () => {
  bare = await bareDesk();
});
afterAll(() => bare.end());

const hourMs = 3_600_000;
const nursing = 'patient/home-nursing';

const list = () => {
  const found = findClients(bare.desk.db, {
    query: '',
    sort: 'name',
    descending: false,
    offset: 0,
    limit: 500,
  });
  if (!found.ok) throw new Error(found.error.code);
  return found.value.rows.map((row) => row.caseId);
};
const search = (query: string) => {
  for (let more = true; more;) {
    const indexed = indexPendingTexts(bare.desk.db);
    more = indexed.ok && indexed.value.more;
  }
  const found = searchTextsLogged(bare.desk, { query, limit: 50 });
  if (!found.ok) throw new Error(found.error.code);
  return found.value.hits.map((hit) => hit.caseId);
};
const closed = () => {
  const done = closeByClock(bare.desk);
  if (!done.ok) throw new Error(done.error.kind);
  return done.value;
};
const view = (caseId: Id) => {
  const opened = openClient(bare.desk, caseId, 'list');
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
};
const parts = (caseId: Id) => view(caseId).access.parts.map(({ compartment }) => compartment);
const caseNo = (caseId: Id) => findCase(bare.desk.db, caseId) ?? 0;

/** Gives a part with one record in it. */
const give = (caseId: Id, grant: Partial<Grant>, text = 'Haavahoito sujuu.') => {
  const compartment = grant.compartment ?? nursing;
  const change = bare.other({ caseId, compartment, value: { text } });
  bare.take({
    changes: [{ seq: 5_000, change }],
    entered: [{ caseId, compartment }],
    grants: [grantOf(caseId, { compartment, ...grant })],
  });
  return change;
};
const edit = (recordId: Id, compartment: string, text: string) => ({
  recordId,
  kind: 'need',
  compartment,
  group: 'assessment',
  value: { text },
  basedOn: [],
});
const regrant = (caseId: Id, grant: Partial<Grant>) =>
  bare.take({ grants: [grantOf(caseId, grant)] });

describe('rights that end by the clock', () => {
  it('P1 a client with nothing open leaves list and search at once, and comes back with a new grant', () => {
    const { caseId } = bare.client();
    give(caseId, { compartment: jointPlan }, 'Tunnistettava sanakirja.');
    regrant(caseId, { untilMs: bare.desk.now() + hourMs });
    expect(closed()).toEqual([]);
    expect(list()).toContain(caseId);
    expect(search('sanakirja')).toEqual([caseId]);
    bare.pass(hourMs);
    expect(closed()).toEqual([caseId]);
    expect(closed()).toEqual([]);
    expect(list()).not.toContain(caseId);
    // The index still holds the words until it is built anew; nothing of them is answered.
    const found = searchTextsLogged(bare.desk, { query: 'sanakirja', limit: 10 });
    expect(found).toEqual({ ok: true, value: { hits: [] } });
    expect(search('sanakirja')).toEqual([]);
    expect(openClient(bare.desk, caseId, 'list')).toEqual({
      ok: false,
      error: { code: 'no-access' },
    });
    regrant(caseId, { untilMs: bare.desk.now() + hourMs });
    expect(list()).toContain(caseId);
    expect(search('sanakirja')).toEqual([caseId]);
    expect(parts(caseId)).toEqual([jointPlan]);
  });

  it('P1 a clock turned back opens nothing again', () => {
    const { caseId } = bare.client();
    regrant(caseId, { untilMs: bare.desk.now() + hourMs });
    bare.pass(hourMs);
    expect(closed()).toContain(caseId);
    bare.pass(-2 * hourMs);
    closed();
    expect(list()).not.toContain(caseId);
    expect(openClient(bare.desk, caseId, 'list').ok).toBe(false);
    bare.pass(2 * hourMs);
  });

  it('P1 one part closes while the others stay: records, words and conflicts of it are gone', () => {
    const { caseId } = bare.client();
    const before = countConflicts(bare.desk.db);
    const note = give(caseId, {}, 'Sidosvaihto joka toinen päivä.');
    const rival = bare.other({ ...note, id: anId(), value: { text: 'Sidosvaihto päivittäin.' } });
    bare.take({ changes: [{ seq: 5_010, change: rival }] });
    expect(countConflicts(bare.desk.db)).toBe(before + 1);
    expect(search('sidosvaihto')).toEqual([caseId]);
    regrant(caseId, { compartment: nursing, untilMs: bare.desk.now() + hourMs });
    bare.pass(hourMs);
    expect(closed()).toEqual([caseId]);
    expect([...closedCompartments(bare.desk.db, caseNo(caseId))]).toEqual([nursing]);
    expect(parts(caseId)).toEqual([jointPlan]);
    expect(view(caseId).records.map(({ id }) => id)).not.toContain(note.recordId);
    expect(countConflicts(bare.desk.db)).toBe(before);
    expect(search('sidosvaihto')).toEqual([]);
    expect(list()).toContain(caseId);
    // What arrives for it while it is closed stays out of everything too.
    const later = bare.other({ ...note, id: anId(), value: { text: 'Sidosvaihto lopetettu.' } });
    bare.take({ changes: [{ seq: 5_011, change: later }] });
    expect(countConflicts(bare.desk.db)).toBe(before);
    expect(search('sidosvaihto')).toEqual([]);
  });

  it('P1 what comes without a grant is not shown until the grant comes', () => {
    const caseId = anId();
    const identity = bare.other({
      caseId,
      recordId: caseId,
      kind: 'client',
      group: 'identity',
      value: {
        familyName: 'Luvaton',
        givenNames: 'Aune',
        preferredName: '',
        personalIdentityCode: null,
        temporaryId: null,
        birthDate: null,
      },
    });
    bare.take({ changes: [{ seq: 5_020, change: identity }], more: true });
    expect(list()).not.toContain(caseId);
    expect(openClient(bare.desk, caseId, 'list').ok).toBe(false);
    bare.take({ grants: [grantOf(caseId)], more: true });
    expect(list()).toContain(caseId);
  });
});

describe('writing by rights', () => {
  let caseId: Id;
  beforeEach(() => {
    ({ caseId } = bare.client());
  });

  it('a part that is only read takes no edit, and the plan beside it does', () => {
    const note = give(caseId, { basis: 'joint-service', writes: false, manages: false });
    expect(writeEdits(bare.desk, caseId, [edit(note.recordId, nursing, 'Muutos.')])).toEqual({
      ok: false,
      error: { code: 'read-only', path: 'edits.0' },
    });
    expect(removeRecord(bare.desk, caseId, note.recordId, 'Väärä.')).toEqual({
      ok: false,
      error: { code: 'read-only' },
    });
    expect(writeEdits(bare.desk, caseId, [edit(anId(), jointPlan, 'Muutos.')]).ok).toBe(true);
  });

  it('the team, permissions and the protection are for those who manage rights', () => {
    regrant(caseId, { manages: false });
    const joint = { basedOn: [], compartment: jointPlan };
    const protection = {
      ...joint,
      recordId: caseId,
      kind: 'client',
      group: 'protection',
      value: { restraintOnDisclosure: true },
    };
    const jointService = {
      ...joint,
      compartment: permissionsCompartment,
      recordId: anId(),
      kind: 'joint-service',
      group: 'scope',
      value: {
        name: 'Kotiin annettavat palvelut',
        compartments: [nursing, 'social/older-people'],
        validFrom: '2026-01-01',
        validTo: null,
      },
    };
    give(caseId, { compartment: permissionsCompartment, manages: false });
    for (const each of [protection, jointService]) {
      expect(writeEdits(bare.desk, caseId, [each])).toMatchObject({ error: { code: 'read-only' } });
    }
    regrant(caseId, {});
    regrant(caseId, { compartment: permissionsCompartment });
    for (const each of [protection, jointService]) {
      expect(writeEdits(bare.desk, caseId, [each]).ok).toBe(true);
    }
    expect(
      writeEdits(bare.desk, caseId, [{ ...jointService, recordId: anId(), ...joint }]),
    ).toMatchObject({ error: { code: 'identity-of-record' } });
  });

  it('the first note of one’s own service is begun, that of another’s is not', () => {
    const own = 'social/working-age';
    const task = {
      unitId: null,
      profession: 'social-worker',
      taskClass: 'limited-health',
      services: [own],
      round: false,
      validFrom: '2026-01-01',
      validTo: null,
    };
    bare.take({
      directory: {
        revision: 1,
        units: [],
        people: [{ ...bare.desk.person, tasks: [task] }],
        absences: [],
      },
    });
    const first = writeEdits(bare.desk, caseId, [edit(anId(), own, 'Ensimmäinen.')]);
    expect(first.ok).toBe(true);
    expect(parts(caseId)).toContain(own);
    expect(writeEdits(bare.desk, caseId, [edit(anId(), nursing, 'Toisen.')])).toEqual({
      ok: false,
      error: { code: 'no-access', path: 'edits.0' },
    });
    // What was begun so closes with the right that it rests on.
    regrant(caseId, { untilMs: bare.desk.now() + hourMs });
    bare.pass(hourMs);
    closed();
    expect(openClient(bare.desk, caseId, 'list').ok).toBe(false);
    regrant(caseId, {});
    expect(parts(caseId)).toContain(own);
  });

  it('a client made here is its maker’s until the region has said so', () => {
    const made = createClient(bare.desk, clientNamed('Uusi', 'Asiakas'));
    const newId = made.ok ? made.value.caseId : '';
    expect(list()).toContain(newId);
    expect(view(newId).access.parts).toEqual([
      grantPart({ role: 'custodian', compartment: jointPlan }),
    ]);
    const contact = {
      recordId: contactIdOf(newId),
      kind: 'contact',
      compartment: contactDetails,
      group: 'contact',
      value: {
        phone: '040 1234567',
        email: '',
        streetAddress: 'Koivukuja 3',
        postalCode: '',
        town: '',
        municipality: '',
      },
      basedOn: [],
    };
    expect(writeEdits(bare.desk, newId, [contact]).ok).toBe(true);
    expect(parts(newId)).toEqual([jointPlan, contactDetails]);
  });
});

const grantPart = (content: Partial<Grant>) => {
  const { caseId: _client, ...part } = grantOf('', content);
  return part;
};

describe('a right that ends in the middle of an open edit', () => {
  const draftOf = (caseId: Id, text: string) => ({
    caseId,
    recordId: anId(),
    kind: 'need',
    compartment: jointPlan,
    group: 'assessment',
    value: { text },
    basedOn: [],
  });

  it('P4 words are kept when the clock has closed the part, and go for review when it leaves', () => {
    const { caseId } = bare.client();
    regrant(caseId, { untilMs: bare.desk.now() + hourMs });
    const draft = draftOf(caseId, 'Kesken jäänyt.');
    expect(keepDraft(bare.desk, draft).ok).toBe(true);
    bare.pass(hourMs);
    closed();
    const longer = { ...draft, value: { text: 'Kesken jäänyt lause.' } };
    expect(keepDraft(bare.desk, longer).ok).toBe(true);
    expect(draftsOfCase(bare.desk.db, caseNo(caseId))).toHaveLength(1);
    expect(writeEdits(bare.desk, caseId, [{ ...longer, basedOn: [] }])).toMatchObject({
      error: { code: 'no-access' },
    });
    bare.take({ left: [{ caseId, compartment: jointPlan }] });
    const sent = nextToSend(bare.desk.db, { changes: 500, bytes: 1e9 }, 0).at(-1);
    expect(sent?.change).toMatchObject({ caseId, value: longer.value });
  });

  it('P4 words typed after the client had left go for review too, and nothing stays', () => {
    const { caseId } = bare.client();
    bare.take({ left: [{ caseId, compartment: jointPlan }] });
    expect(keepDraft(bare.desk, draftOf(caseId, 'Vielä yksi.')).ok).toBe(true);
    expect(openClient(bare.desk, caseId, 'list').ok).toBe(false);
    bare.take({});
    const sent = nextToSend(bare.desk.db, { changes: 500, bytes: 1e9 }, 0).at(-1);
    expect(sent?.change).toMatchObject({ caseId, value: { text: 'Vielä yksi.' } });
    expect(draftsOfCase(bare.desk.db, caseNo(caseId))).toEqual([]);
    bare.take({ receipts: [{ changeId: sent?.changeId ?? '', verdict: 'review' }] });
    expect(findCase(bare.desk.db, caseId)).toBeUndefined();
  });
});

describe('a restraint on disclosure', () => {
  it('covers contact details until they are asked for, and for a while uncovers them', () => {
    const { caseId } = bare.client();
    const contact = bare.other({
      caseId,
      recordId: contactIdOf(caseId),
      kind: 'contact',
      compartment: contactDetails,
      group: 'contact',
      value: { phone: '040 7654321', streetAddress: 'Salainen katu 1' },
    });
    const protection = bare.other({
      caseId,
      recordId: caseId,
      kind: 'client',
      group: 'protection',
      value: { restraintOnDisclosure: true },
    });
    bare.take({
      changes: [
        { seq: 5_100, change: contact },
        { seq: 5_101, change: protection },
      ],
      entered: [{ caseId, compartment: contactDetails }],
      grants: [grantOf(caseId, { compartment: contactDetails })],
    });
    keepDraft(bare.desk, { ...contact, caseId, value: { phone: 'salainen' }, basedOn: [] });
    const covered = view(caseId);
    expect(covered.contactCovered).toBe(true);
    expect(JSON.stringify(covered)).not.toMatch(/salainen|7654321/iu);
    const revealed = revealContact(bare.desk, caseId);
    expect(JSON.stringify(revealed)).toMatch(/Salainen katu/u);
    expect(view(caseId).contactCovered).toBe(false);
    bare.pass(16 * 60_000);
    expect(view(caseId).contactCovered).toBe(true);
    // Where contact details are not delivered there is nothing to uncover.
    bare.take({ left: [{ caseId, compartment: contactDetails }] });
    expect(view(caseId).contactCovered).toBe(false);
    expect(revealContact(bare.desk, caseId)).toMatchObject({ error: { code: 'no-access' } });
  });
});
