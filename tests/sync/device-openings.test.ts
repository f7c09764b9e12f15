import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Grant } from '#shared/protocol/grant.ts';
import type { UseLogRequest } from '#shared/protocol/use-log.ts';
import { err, ok } from '#shared/lib/result.ts';
import { markTold, untoldOpenings } from '#main/db/queries/openings.ts';
import { unheldUses } from '#main/db/queries/use-log.ts';
import { findClients } from '#main/core/clients/find-clients.ts';
import { openClient } from '#main/core/clients/open-client.ts';
import { writeEdits } from '#main/core/editing/write-edits.ts';
import { activeOpenings } from '#main/core/openings/active-openings.ts';
import { findHere } from '#main/core/openings/find-here.ts';
import { endHere, openHere } from '#main/core/openings/open-here.ts';
import { closeByClock } from '#main/core/rights/close-by-clock.ts';
import type { RegionClient } from '#main/core/syncing/region-client.ts';
import { syncRound } from '#main/core/syncing/sync-round.ts';
import { anId, bareDesk, grantOf, highWaterOfTests, type BareDesk } from './device-fixture.ts';

let bare: BareDesk;
beforeAll(async () => {
  bare = await bareDesk();
  Object.assign(bare.desk, {
    person: { ...bare.desk.person, taskClass: 'broad-client-responsibility' },
  });
});
afterAll(() => bare.end());

const minuteMs = 60_000;
const code = '010190-999W';
const nursing = 'patient/home-nursing';
const mental = 'patient/mental-health';

/** A client whose parts the clock has closed. */
const closedClient = (...others: readonly string[]): Id => {
  const { caseId } = bare.client();
  const untilMs = bare.desk.now() + minuteMs;
  bare.take({
    changes: others.map((compartment, index) => ({
      seq: 8_000 + index,
      change: bare.other({ caseId, compartment }),
    })),
    entered: others.map((compartment) => ({ caseId, compartment })),
    grants: [jointPlan, ...others].map((compartment) => grantOf(caseId, { compartment, untilMs })),
  });
  bare.pass(minuteMs);
  closeByClock(bare.desk);
  return caseId;
};
const open = (caseId: Id, ground = 'social-emergency') =>
  openHere(bare.desk, { caseId, ground, reason: 'Ei avaa ovea, valot palavat.' });
const opened = (caseId: Id, ground?: string) => {
  const done = open(caseId, ground);
  if (!done.ok) throw new Error(done.error.code);
  return done.value;
};
const parts = (caseId: Id): readonly Omit<Grant, 'caseId'>[] => {
  const view = openClient(bare.desk, caseId, 'list');
  return view.ok ? view.value.access.parts : [];
};
const uses = (action: string) =>
  unheldUses(bare.desk.db, { entries: 1_000, bytes: 1e9 }).flatMap(({ entry }) =>
    entry.action === action ? [entry] : [],
  );

describe('an emergency without a network', () => {
  it('opens what lies here and the ground reaches, for its minutes, with the reason in the log', () => {
    const caseId = closedClient(nursing, mental, 'social/older-people');
    expect(parts(caseId)).toEqual([]);
    const { openingId, untilMs } = opened(caseId);
    expect(untilMs - bare.desk.now()).toBeGreaterThan(59 * minuteMs);
    const now = parts(caseId);
    // 703/2023 55 §: the other register too, the specially protected part not.
    expect(now.map(({ compartment }) => compartment)).toEqual([
      jointPlan,
      nursing,
      'social/older-people',
    ]);
    expect(now[0]).toMatchObject({
      basis: 'relation',
      relation: 'emergency',
      basisId: openingId,
      writes: true,
      manages: false,
      untilMs,
    });
    expect(now[1]).toMatchObject({ basis: 'statutory', writes: false });
    const logged = uses('emergency').filter((entry) => entry.caseId === caseId);
    expect(logged.map(({ register }) => register).toSorted()).toEqual([
      'joint',
      'patient',
      'social',
    ]);
    expect(logged[0]).toMatchObject({
      ground: 'social-emergency',
      basisId: openingId,
      what: { reason: 'Ei avaa ovea, valot palavat.' },
    });
    const edit = {
      recordId: anId(),
      kind: 'need',
      group: 'assessment',
      value: { text: 'Käynti.' },
      basedOn: [],
    };
    expect(writeEdits(bare.desk, caseId, [{ ...edit, compartment: nursing }])).toMatchObject({
      error: { code: 'read-only' },
    });
    expect(writeEdits(bare.desk, caseId, [{ ...edit, compartment: jointPlan }]).ok).toBe(true);

    bare.pass(61 * minuteMs);
    expect(closeByClock(bare.desk)).toEqual(ok([caseId]));
    expect(parts(caseId)).toEqual([]);
    // It may be needed again, and is then another one.
    expect(opened(caseId).openingId).not.toBe(openingId);
    expect(untoldOpenings(bare.desk.db).map(({ id }) => id)).toContain(openingId);
  });

  it('opens nothing on another ground, of another sector, or where nothing is closed', () => {
    const caseId = closedClient();
    expect(open(caseId, 'client-relation-begins')).toMatchObject({ error: { path: 'ground' } });
    expect(open(caseId, 'no-such-ground')).toMatchObject({ error: { path: 'ground' } });
    // Danger to life or health is a ground of the health services (703/2023 54 §).
    expect(open(caseId, 'life-or-health')).toEqual(err({ code: 'no-access' }));
    expect(open(anId())).toEqual(err({ code: 'not-on-this-device' }));
    expect(open(bare.client().caseId)).toEqual(err({ code: 'not-on-this-device' }));
    expect(untoldOpenings(bare.desk.db).map((opening) => opening.caseId)).not.toContain(caseId);
  });

  it('ends before its time, and the region hears both', () => {
    const caseId = closedClient();
    const { openingId } = opened(caseId);
    markTold(bare.desk.db, untoldOpenings(bare.desk.db));
    expect(untoldOpenings(bare.desk.db)).toEqual([]);
    expect(endHere(bare.desk, openingId)).toEqual(ok([caseId]));
    expect(parts(caseId)).toEqual([]);
    const [told] = untoldOpenings(bare.desk.db);
    expect(told).toMatchObject({ id: openingId, caseId });
    expect(told?.endedMs).not.toBeNull();
    expect(endHere(bare.desk, anId())).toMatchObject({ error: { code: 'not-found' } });
  });

  it('cannot be discarded: it goes to the region with the log, and only then from here', async () => {
    const caseId = closedClient();
    const { openingId } = opened(caseId);
    bare.take({ left: [{ caseId, compartment: jointPlan }] });
    const sent: UseLogRequest[] = [];
    const region: RegionClient = {
      ways: async () => err({ kind: 'offline' }),
      signIn: async () => err({ kind: 'offline' }),
      signInByProvider: async () => err({ kind: 'offline' }),
      refresh: async () => err({ kind: 'offline' }),
      rekey: async () => err({ kind: 'offline' }),
      signOut: async () => {},
      push: async (_token, { changes }) =>
        ok({
          epoch: bare.epoch,
          highWater: highWaterOfTests,
          receipts: changes.map(({ change }) => ({
            changeId: change.id,
            verdict: 'review' as const,
          })),
        }),
      pull: async () => ok(bare.page({})),
      ask: async () => err({ kind: 'offline' }),
      uploadUseLog: async (_token, request) => {
        sent.push(request);
        const last = request.entries.at(-1);
        return ok({
          through: last?.no ?? 0,
          hash: last?.hash ?? '0'.repeat(64),
          openings: request.openings.map(({ id }) => id),
        });
      },
      listen: () => ({ say: () => {}, end: () => {} }),
    };
    const quiet = {
      onApplied: () => {},
      onEntering: () => {},
      shouldStop: () => false,
      mayFetch: () => true,
    };
    await syncRound(bare.desk, region, 't', quiet);
    expect(sent[0]?.openings.find(({ id }) => id === openingId)).toMatchObject({
      caseId,
      ground: 'social-emergency',
      reason: 'Ei avaa ovea, valot palavat.',
      endedMs: null,
    });
    expect(untoldOpenings(bare.desk.db)).toEqual([]);
  });

  it('finds by the exact code only whom the clock has closed, and logs it', () => {
    const { caseId } = bare.client();
    const identity = bare.other({
      caseId,
      recordId: caseId,
      kind: 'client',
      group: 'identity',
      value: {
        familyName: 'Hätätilanne',
        givenNames: 'Veikko',
        preferredName: '',
        personalIdentityCode: code,
        temporaryId: null,
        birthDate: null,
      },
    });
    bare.take({ changes: [{ seq: 8_100, change: identity }] });
    expect(findHere(bare.desk, code)).toEqual(ok({ found: null }));
    bare.take({ grants: [grantOf(caseId, { untilMs: bare.desk.now() })] });
    expect(findHere(bare.desk, ' 010190–999w ')).toEqual(
      ok({ found: { caseId, clientName: 'Hätätilanne Veikko' } }),
    );
    expect(uses('find').map((entry) => entry.caseId)).toEqual([caseId]);
    expect(findHere(bare.desk, '010190-9990')).toMatchObject({
      error: { path: 'personalIdentityCode' },
    });
    const list = findClients(bare.desk.db, {
      query: 'Hätätilanne',
      sort: 'name',
      descending: false,
      offset: 0,
      limit: 5,
    });
    expect(list).toMatchObject({ value: { total: 0 } });
  });

  it('the line on the screen tells local and region’s openings, each once', () => {
    const here = closedClient('social/older-people');
    const { openingId } = opened(here);
    const { caseId } = bare.client();
    const untilMs = bare.desk.now() + 30 * minuteMs;
    const [ground, confirmation] = [anId(), anId()];
    bare.take({
      grants: [
        grantOf(caseId, { relation: 'opening', role: 'opening', basisId: ground, untilMs }),
        grantOf(caseId, {
          compartment: mental,
          basis: 'confirmation',
          basisId: confirmation,
          untilMs,
        }),
      ],
      more: true,
    });
    const { rows } = activeOpenings(bare.desk.db, bare.desk.now());
    const shown = new Map(rows.map((row) => [row.openingId, row]));
    expect(shown.get(openingId)).toMatchObject({ kind: 'emergency', untold: true, caseId: here });
    expect(shown.get(ground)).toMatchObject({ kind: 'ground', untold: false, untilMs });
    expect(shown.get(confirmation)).toMatchObject({ kind: 'confirmation', caseId });
    expect(rows.filter((row) => row.caseId === here)).toHaveLength(1);
    bare.pass(61 * minuteMs);
    closeByClock(bare.desk);
    expect(activeOpenings(bare.desk.db, bare.desk.now()).rows).toEqual([]);
  });
});

describe('the log of use and the screen', () => {
  it('A14 shows nothing that cannot be logged', () => {
    const clients = Array.from({ length: 40 }, () => bare.client().caseId);
    const pages = bare.desk.db.value<number>('PRAGMA page_count') ?? 0;
    // The disk is full: the file may not grow any more.
    bare.desk.db.returning(`PRAGMA max_page_count = ${pages}`);
    const answers = clients.map((caseId) => openClient(bare.desk, caseId, 'list'));
    const refused = answers.filter((answer) => !answer.ok);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) {
      expect(answer).toMatchObject({ error: { code: 'use-log-full' } });
    }
    bare.desk.db.returning('PRAGMA max_page_count = 4294967294');
    const views = uses('view').map((entry) => entry.caseId);
    for (const [index, answer] of answers.entries()) {
      expect(views.includes(clients[index] ?? '')).toBe(answer.ok);
    }
    expect(openClient(bare.desk, clients.at(-1) ?? '', 'list').ok).toBe(true);
  });
});
