import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { err, ok } from '#shared/lib/result.ts';
import type { PullRequest } from '#shared/protocol/pull.ts';
import { readSetAside, tryAgain } from '#main/core/syncing/read-set-aside.ts';
import type { RegionClient, RegionTrouble } from '#main/core/syncing/region-client.ts';
import { syncRound } from '#main/core/syncing/sync-round.ts';
import { readSyncStatus } from '#main/core/syncing/sync-status.ts';
import { noReport } from '#main/core/syncing/worker-messages.ts';
import { bareDesk, highWaterOfTests, type BareDesk, writeNeed } from './device-fixture.ts';

/** What goes out and the server stumbles over: a real case file, and a region that answers as it is told. */

let bare: BareDesk;
beforeAll(async () => {
  bare = await bareDesk();
});
afterAll(() => bare.end());
afterEach(() => {
  bare.desk.db.run('DELETE FROM outbox');
  bare.desk.db.run('DELETE FROM set_aside_plan');
  bare.desk.db.run("DELETE FROM setting WHERE key = 'stumbles'");
});

const write = (caseId: Id, text: string): Id => writeNeed(bare.desk, caseId, text);

const failed: RegionTrouble = { kind: 'server-trouble', failed: true };
const unreadable: RegionTrouble = { kind: 'refused', code: 'bad-request' };

/** A region that says `trouble` of each batch in which `bad` finds something, and stores the others. */
const region = (bad: (changes: readonly Change[]) => boolean, trouble: RegionTrouble) => {
  const stored: Id[] = [];
  const pulls: PullRequest[] = [];
  let pushes = 0;
  const client: RegionClient = {
    ways: async () => err({ kind: 'offline' }),
    signIn: async () => err({ kind: 'offline' }),
    signInByProvider: async () => err({ kind: 'offline' }),
    refresh: async () => err({ kind: 'offline' }),
    rekey: async () => err({ kind: 'offline' }),
    signOut: async () => {},
    push: async (_token, { changes }) => {
      pushes += 1;
      const sent = changes.map(({ change }) => change as Change);
      if (bad(sent)) return err(trouble);
      stored.push(...sent.map(({ id }) => id));
      return ok({
        epoch: bare.epoch,
        highWater: highWaterOfTests,
        receipts: sent.map(({ id }, at) => ({
          changeId: id,
          verdict: 'stored' as const,
          seq: 5_000 + at,
        })),
      });
    },
    pull: async (_token, request) => {
      pulls.push(request);
      return ok(bare.page({}));
    },
    ask: async () => err({ kind: 'offline' }),
    uploadUseLog: async () => err({ kind: 'offline' }),
    listen: () => ({ say: () => {}, end: () => {} }),
  };
  const round = () =>
    syncRound(bare.desk, client, 't', {
      onApplied: () => {},
      onEntering: () => {},
      shouldStop: () => false,
      mayFetch: () => true,
    });
  return { stored, pulls, pushes: () => pushes, round };
};
const holding =
  (...ids: readonly Id[]) =>
  (changes: readonly Change[]): boolean =>
    changes.some(({ id }) => ids.includes(id));
const status = () => readSyncStatus(bare.desk, noReport);

/** Clients with three changes each, written in turn. */
const clients = (count: number) => {
  const caseIds = Array.from({ length: count }, () => bare.client().caseId);
  const ids = [1, 2, 3].map((time) => caseIds.map((caseId) => write(caseId, `Kirjaus ${time}.`)));
  return { caseIds, ids, ofClient: (at: number) => ids.map((row) => row[at] ?? '') };
};

describe('a plan that the server stumbles over', () => {
  it('N6 scenario 15: three rounds running, then its outbox waits from that change on; the others’ goes', async () => {
    const { caseIds, ids, ofClient } = clients(4);
    const [first = '', bad = '', behind = ''] = ofClient(2);
    const server = region(holding(bad), failed);
    expect(await server.round()).toEqual(err(failed));
    expect(await server.round()).toEqual(err(failed));
    expect(server.stored).toEqual([]);
    expect(server.pulls).toHaveLength(2);
    expect(await server.round()).toEqual(ok(undefined));
    const all = ids.flat();
    expect(server.stored).toEqual(all.filter((id) => id !== bad && id !== behind));
    expect(server.stored).toContain(first);
    expect(status()).toMatchObject({
      waiting: 2,
      regionHasAll: false,
      setAside: { incoming: 0, clients: 1 },
    });
    const later = write(caseIds[2] ?? '', 'Vielä myöhemmin.');
    const { plans } = readSetAside(bare.desk.db);
    expect(plans).toMatchObject([{ code: 'server-stumbles', tries: 1 }]);
    expect(plans[0]?.rows.map(({ changeId }) => changeId)).toEqual([bad, behind, later]);
    const before = server.pushes();
    expect(await server.round()).toEqual(ok(undefined));
    expect(server.pushes()).toBe(before);
    expect(server.pulls.at(-1)?.setAside).toEqual([
      { changeId: bad, caseId: caseIds[2], code: 'server-stumbles' },
    ]);
  });

  it('N6 what the server cannot read as a message is found in the first round', async () => {
    const { ofClient, ids } = clients(3);
    const [bad = ''] = ofClient(0);
    const server = region(holding(bad), unreadable);
    expect(await server.round()).toEqual(ok(undefined));
    expect(server.stored).toEqual(ids.flat().filter((id) => !ofClient(0).includes(id)));
    expect(readSetAside(bare.desk.db).plans).toMatchObject([{ code: 'bad-request' }]);
  });

  it('N6 a server that is closed or overloaded stumbles over nobody', async () => {
    clients(2);
    const server = region(() => true, { kind: 'server-trouble', retryAfterSeconds: 1 });
    for (let round = 0; round < 6; round += 1) expect((await server.round()).ok).toBe(false);
    expect(readSetAside(bare.desk.db).plans).toEqual([]);
  });

  it('N7 tried again after growing pauses, and when asked; then all of it goes, in its order', async () => {
    const { ofClient } = clients(1);
    const [bad = ''] = ofClient(0);
    let cured = false;
    const server = region((changes) => !cured && holding(bad)(changes), unreadable);
    await server.round();
    const pauses: number[] = [];
    for (let tries = 1; tries <= 6; tries += 1) {
      const [plan] = readSetAside(bare.desk.db).plans;
      expect(plan?.tries).toBe(tries);
      const pause = (plan?.nextMs ?? 0) - bare.desk.now();
      pauses.push(Math.round(pause / 60_000));
      const before = server.pushes();
      await server.round();
      expect(server.pushes()).toBe(before);
      bare.pass(pause);
      await server.round();
      expect(server.pushes()).toBe(before + 1);
    }
    expect(pauses).toEqual([5, 15, 60, 240, 1_440, 1_440]);
    cured = true;
    expect(tryAgain(bare.desk).ok).toBe(true);
    await server.round();
    expect(server.stored).toEqual(ofClient(0));
    expect(status()).toMatchObject({ waiting: 0, setAside: { incoming: 0, clients: 0 } });
  });

  it('N8 a server that takes nothing of anybody has trouble of its own', async () => {
    const { ids } = clients(20);
    const server = region(() => true, unreadable);
    expect(await server.round()).toEqual(err(unreadable));
    expect(readSetAside(bare.desk.db).plans).toEqual([]);
    expect(status().waiting).toBe(ids.flat().length);
  });

  it('N6 D2 a receipt that comes with a pull ends the waiting', async () => {
    const { ofClient } = clients(1);
    const [bad = '', ...behind] = ofClient(0);
    const server = region(holding(bad), unreadable);
    await server.round();
    bare.take({ receipts: [{ changeId: bad, verdict: 'stored', seq: 6_000 }] });
    expect(readSetAside(bare.desk.db).plans).toEqual([]);
    await server.round();
    expect(server.stored).toEqual(behind);
  });
});
