import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { PullRequest } from '#shared/protocol/pull.ts';
import { err, ok } from '#shared/lib/result.ts';
import { findCase } from '#main/db/queries/cases.ts';
import { erasedScopes } from '#main/db/queries/erased-scope.ts';
import { findInOutbox, outboxSummary } from '#main/db/queries/outbox.ts';
import { awaitingDecision, dismissReviewed, readReviewed } from '#main/db/queries/reviewed.ts';
import { readStored } from '#main/db/queries/stored-changes.ts';
import type { RegionClient } from '#main/core/syncing/region-client.ts';
import { beginAnew } from '#main/core/syncing/begin-anew.ts';
import { syncRound } from '#main/core/syncing/sync-round.ts';
import { readSyncStatus } from '#main/core/syncing/sync-status.ts';
import { noReport } from '#main/core/syncing/worker-messages.ts';
import { anId, bareDesk, grantOf, type BareDesk, writeNeed } from './device-fixture.ts';

let bare: BareDesk;
beforeAll(async () => {
  bare = await bareDesk();
  // Receipts of a device that has come to the end of a pull: what is not here has left.
  bare.take({});
});
afterAll(() => bare.end());

const write = (caseId: Id, text: string): Id => writeNeed(bare.desk, caseId, text);
const leave = (caseId: Id) => bare.take({ left: [{ caseId, compartment: jointPlan }] });
const reviewed = (changeId: Id) =>
  readReviewed(bare.desk.db).find((row) => row.changeId === changeId);
/** The words as they lie in any table of the file. */
const lies = (text: string): boolean =>
  ['outbox', 'stored_change'].some((table) =>
    bare.desk.db
      .all<{ body: string }>(`SELECT body FROM ${table}`)
      .some(({ body }) => body.includes(text)),
  );
const reviewerId = anId();
const returned = (changeId: Id) => ({
  changeId,
  verdict: 'returned' as const,
  reason: 'Kirjattu jo toisaalle.',
  atMs: 1_234,
  reviewerId,
});

describe('work that goes for review', () => {
  it('P4 P3 of a client that has left nothing stays but that it waits', () => {
    const { caseId } = bare.client();
    const id = write(caseId, 'Odottaa tarkastajaa.');
    leave(caseId);
    expect(findInOutbox(bare.desk.db, id)?.change.value).toEqual({ text: 'Odottaa tarkastajaa.' });
    bare.take({ receipts: [{ changeId: id, verdict: 'review' }] });
    expect(reviewed(id)).toMatchObject({ state: 'review', decidedMs: null, reason: '' });
    expect(lies('Odottaa tarkastajaa.')).toBe(false);
    expect(findCase(bare.desk.db, caseId)).toBeUndefined();
    expect(readSyncStatus(bare.desk, noReport)).toMatchObject({ waiting: 0, inReview: 1 });

    // A row that waits cannot be put out of sight; one decided can.
    dismissReviewed(bare.desk.db, id);
    bare.take({ receipts: [returned(id)] });
    expect(reviewed(id)).toEqual({
      changeId: id,
      state: 'returned',
      takenMs: reviewed(id)?.takenMs,
      decidedMs: 1_234,
      reviewerId,
      reason: 'Kirjattu jo toisaalle.',
    });
    dismissReviewed(bare.desk.db, id);
    expect(reviewed(id)).toBeUndefined();
  });

  it('D7 P3 shown while the client is here, without its content once the client leaves', () => {
    const { caseId } = bare.client();
    const id = write(caseId, 'Näkyy vielä.');
    bare.take({ receipts: [{ changeId: id, verdict: 'review' }] });
    expect(outboxSummary(bare.desk.db)).toMatchObject({ refused: 1, notTaken: 0 });
    expect(reviewed(id)).toBeUndefined();
    leave(caseId);
    expect(reviewed(id)).toMatchObject({ state: 'review' });
    expect(lies('Näkyy vielä.')).toBe(false);
    bare.take({ receipts: [{ changeId: id, verdict: 'stored', seq: 7_000 }] });
    expect(reviewed(id)).toMatchObject({ state: 'accepted' });
  });

  it('D7 a decision while the client is here: accepted stands in the plan, returned is told', () => {
    const { caseId } = bare.client();
    const [taken, back] = [write(caseId, 'Hyväksytty.'), write(caseId, 'Palautettu.')];
    bare.take({
      receipts: [
        { changeId: taken, verdict: 'review' },
        { changeId: back, verdict: 'review' },
      ],
    });
    bare.take({
      receipts: [{ changeId: taken, verdict: 'stored', seq: 7_010 }, returned(back)],
    });
    expect(reviewed(taken)).toMatchObject({ state: 'accepted' });
    expect(reviewed(back)).toMatchObject({ state: 'returned', reviewerId });
    expect(outboxSummary(bare.desk.db)).toMatchObject({ waiting: 0, refused: 0 });
  });

  it('E3 L5 one that was accepted waits again, when a restored region says that it is in review', () => {
    const { caseId } = bare.client();
    const id = write(caseId, 'Hyväksytty ennen palautusta.');
    const stored = { changeId: id, verdict: 'stored' as const, seq: 7_015 };
    bare.take({ receipts: [{ changeId: id, verdict: 'review' }] });
    bare.take({ receipts: [stored] });
    expect(reviewed(id)).toMatchObject({ state: 'accepted' });
    beginAnew(bare.desk);
    bare.take({ receipts: [{ changeId: id, verdict: 'review' }] });
    expect(reviewed(id)).toMatchObject({ state: 'review', decidedMs: null });
    expect(awaitingDecision(bare.desk.db, 10_000)).toContain(id);
    bare.take({ receipts: [returned(id)] });
    expect(reviewed(id)).toMatchObject({ state: 'returned', reviewerId });
  });

  it('P4 a change stored after the client had left is not kept, one refused is its author’s', () => {
    const { caseId } = bare.client();
    const [one, two] = [write(caseId, 'Tallessa alueella.'), write(caseId, 'Hylätty alueella.')];
    leave(caseId);
    bare.take({
      receipts: [
        { changeId: one, verdict: 'stored', seq: 7_020 },
        { changeId: two, verdict: 'refused', code: 'no-access' },
      ],
    });
    expect(lies('Tallessa alueella.')).toBe(false);
    expect(findInOutbox(bare.desk.db, two)?.refused).toBe('no-access');
    bare.desk.db.run('DELETE FROM outbox');
  });

  it('P3 copies of own stored changes go with their part', () => {
    const { caseId } = bare.client();
    const id = write(caseId, 'Kopio palautusta varten.');
    bare.take({ receipts: [{ changeId: id, verdict: 'stored', seq: 7_030 }] });
    expect(readStored(bare.desk.db).map(({ change }) => change.id)).toContain(id);
    leave(caseId);
    expect(lies('Kopio palautusta varten.')).toBe(false);
  });

  it('L5 after a restore nothing is taken for gone before the pull is complete', () => {
    const { caseId, need } = bare.client();
    const id = write(caseId, 'Palautuksen yli.');
    bare.desk.db.run("DELETE FROM setting WHERE key = 'lastCompletePull'");
    bare.desk.db.run('DELETE FROM scope');
    const stored = { changeId: id, verdict: 'stored' as const, seq: 7_040 };
    bare.take({ receipts: [stored], more: true });
    expect(readStored(bare.desk.db).map(({ change }) => change.id)).toContain(id);
    bare.take({
      changes: [{ seq: 7_041, change: need }],
      entered: [{ caseId, compartment: jointPlan }],
      grants: [grantOf(caseId)],
    });
    expect(readStored(bare.desk.db).map(({ change }) => change.id)).toContain(id);
  });

  it('L3 P3 every pull asks for decisions, and reports as erased only what is scrubbed', async () => {
    const { caseId } = bare.client();
    const waits = write(caseId, 'Kysytään joka kerta.');
    bare.take({ receipts: [{ changeId: waits, verdict: 'review' }] });
    const asked: PullRequest[] = [];
    let page = bare.page({ left: [{ caseId, compartment: jointPlan }], more: true });
    const region: RegionClient = {
      ways: async () => err({ kind: 'offline' }),
      signIn: async () => err({ kind: 'offline' }),
      signInByProvider: async () => err({ kind: 'offline' }),
      refresh: async () => err({ kind: 'offline' }),
      rekey: async () => err({ kind: 'offline' }),
      signOut: async () => {},
      push: async () => err({ kind: 'offline' }),
      pull: async (_token, request) => {
        asked.push(request);
        const answer = page;
        page = bare.page({});
        return ok(answer);
      },
      ask: async () => err({ kind: 'offline' }),
      uploadUseLog: async () => err({ kind: 'offline' }),
      listen: () => ({ say: () => {}, end: () => {} }),
    };
    const quiet = {
      onApplied: () => {},
      onEntering: () => {},
      shouldStop: () => false,
      mayFetch: () => true,
    };
    expect(await syncRound(bare.desk, region, 't', quiet)).toEqual(ok(undefined));
    expect(asked.map(({ awaiting }) => awaiting.includes(waits))).toEqual([true, true]);
    expect(asked[0]?.erased.some((scope) => scope.caseId === caseId)).toBe(false);
    expect(asked[1]?.erased).toContainEqual({ caseId, compartment: jointPlan });
    expect(erasedScopes(bare.desk.db, 100)).toEqual([]);
    expect(reviewed(waits)).toMatchObject({ state: 'review' });
  });
});
