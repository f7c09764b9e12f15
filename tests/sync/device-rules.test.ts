import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { PushRequest } from '#shared/protocol/push.ts';
import { limits } from '#shared/protocol/version.ts';
import { err, ok } from '#shared/lib/result.ts';
import { findCase } from '#main/db/queries/cases.ts';
import { readCase } from '#main/db/queries/changes.ts';
import { clientName } from '#main/db/queries/client-index.ts';
import { draftsOfCase } from '#main/db/queries/drafts.ts';
import { nextToSend, outboxSummary } from '#main/db/queries/outbox.ts';
import { readState } from '#main/db/queries/sync-state.ts';
import { createClient } from '#main/core/clients/create-client.ts';
import { keepDraft } from '#main/core/editing/keep-drafts.ts';
import { writeEdits } from '#main/core/editing/write-edits.ts';
import type { RegionClient, RegionTrouble } from '#main/core/syncing/region-client.ts';
import { syncRound } from '#main/core/syncing/sync-round.ts';
import { readSyncStatus } from '#main/core/syncing/sync-status.ts';
import { noReport } from '#main/core/syncing/worker-messages.ts';
import { clientNamed } from '../story/desks.ts';
import { anId, bareDesk, highWaterOfTests, type BareDesk } from './device-fixture.ts';

let bare: BareDesk;
beforeAll(async () => {
  bare = await bareDesk();
});
afterAll(() => bare.end());

const waiting = () => nextToSend(bare.desk.db, { changes: 10_000, bytes: 1e9 }, 0);
const shownIds = (caseId: Id) =>
  readCase(bare.desk.db, findCase(bare.desk.db, caseId) ?? 0).map((change) => change.id);

const write = (caseId: Id, recordId: Id, text: string, basedOn: readonly Id[] = []) => {
  const written = writeEdits(bare.desk, caseId, [
    {
      recordId,
      kind: 'need',
      compartment: jointPlan,
      group: 'assessment',
      value: { text },
      basedOn: [...basedOn],
    },
  ]);
  if (!written.ok) throw new Error(JSON.stringify(written.error));
  return written.value.changes[0]?.changeId ?? '';
};

/** A region that answers as it is told, change by change. */
const region = (answer: (request: PushRequest) => ReturnType<RegionClient['push']>) => {
  const pushed: PushRequest[] = [];
  const client: RegionClient = {
    ways: async () => err({ kind: 'offline' }),
    signIn: async () => err({ kind: 'offline' }),
    signInByProvider: async () => err({ kind: 'offline' }),
    refresh: async () => err({ kind: 'offline' }),
    rekey: async () => err({ kind: 'offline' }),
    signOut: async () => {},
    push: (_token, request) => {
      pushed.push(request);
      return answer(request);
    },
    pull: async () => ok(bare.page({})),
    ask: async () => err({ kind: 'offline' }),
    uploadUseLog: async () => err({ kind: 'offline' }),
    listen: () => ({ say: () => {}, end: () => {} }),
  };
  return { client, pushed };
};
const stored: Parameters<typeof region>[0] = async ({ changes }) =>
  ok({
    epoch: bare.epoch,
    highWater: highWaterOfTests,
    receipts: changes.map(({ change }, index) => ({
      changeId: change.id,
      verdict: 'stored' as const,
      seq: 1_000 + index,
    })),
  });
const quiet = {
  onApplied: () => {},
  onEntering: () => {},
  shouldStop: () => false,
  mayFetch: () => true,
};

describe('writing', () => {
  it('D1 an edit, its outbox row and the end of its draft stand or fall together', () => {
    const { caseId, need } = bare.client();
    const place = { caseId, recordId: need.recordId, kind: 'need', compartment: jointPlan };
    keepDraft(bare.desk, { ...place, group: 'assessment', value: { text: 'L' }, basedOn: [] });
    const before = [shownIds(caseId), waiting().length, readState(bare.desk.db, 'counter')];
    let signed = 0;
    const cut = {
      ...bare.desk,
      // The power goes between the second change and its outbox row.
      sign: (text: string) => {
        signed += 1;
        if (signed === 2) throw new Error('cut');
        return bare.desk.sign(text);
      },
    };
    const edit = (text: string, group: string) => ({
      recordId: need.recordId,
      kind: 'need',
      compartment: jointPlan,
      group,
      value: { text },
      basedOn: [],
    });
    expect(() =>
      writeEdits(cut, caseId, [edit('Uusi.', 'assessment'), edit('Sanat.', 'client-words')]),
    ).toThrow('cut');
    expect([shownIds(caseId), waiting().length, readState(bare.desk.db, 'counter')]).toEqual(
      before,
    );
    const caseNo = findCase(bare.desk.db, caseId) ?? 0;
    expect(draftsOfCase(bare.desk.db, caseNo)).toHaveLength(1);
    write(caseId, need.recordId, 'Uusi.');
    expect(draftsOfCase(bare.desk.db, caseNo)).toEqual([]);
    expect(waiting().length).toBe(Number(before[1]) + 1);
  });

  it('D4 a page that cannot be taken whole leaves nothing, not even its cursor', () => {
    const { caseId, need } = bare.client();
    const place = { caseId, recordId: need.recordId, kind: 'need', compartment: jointPlan };
    keepDraft(bare.desk, { ...place, group: 'assessment', value: { text: 'L' }, basedOn: [] });
    const other = bare.client();
    const before = [shownIds(caseId), shownIds(other.caseId), readState(bare.desk.db, 'cursor')];
    const fresh = bare.other({ caseId: other.caseId });
    const signer = bare.desk.sign;
    Object.assign(bare.desk, {
      sign: () => {
        throw new Error('cut');
      },
    });
    const content = {
      changes: [{ seq: 900, change: fresh }],
      left: [{ caseId, compartment: jointPlan }],
      cursor: 'uusi',
    };
    expect(() => bare.take(content)).toThrow('cut');
    expect([shownIds(caseId), shownIds(other.caseId), readState(bare.desk.db, 'cursor')]).toEqual(
      before,
    );
    Object.assign(bare.desk, { sign: signer });
    bare.take(content);
    expect(readState(bare.desk.db, 'cursor')).toBe('uusi');
    expect(shownIds(caseId)).toEqual([]);
    // P4: the words left in the middle became a change.
    expect(waiting().at(-1)?.change).toMatchObject({ caseId, value: { text: 'L' } });
  });

  it('D5 an edit names the heads its author was looking at, not what came meanwhile', () => {
    const { caseId, need } = bare.client();
    const meanwhile = bare.other({ caseId, recordId: need.recordId, parents: [need.id] });
    bare.take({ changes: [{ seq: 901, change: meanwhile }] });
    const mine = write(caseId, need.recordId, 'Näin vanhan.', [need.id]);
    const row = waiting().find(({ changeId }) => changeId === mine);
    expect(row?.change.parents).toEqual([need.id]);
  });
});

describe('the outbox', () => {
  it('U1 goes in its order, in batches of at most 500 changes and a megabyte', async () => {
    const { caseId } = bare.client();
    for (let index = 0; index < 620; index += 1) write(caseId, anId(), `Lyhyt ${index}.`);
    for (let index = 0; index < 12; index += 1) write(caseId, anId(), 'ä'.repeat(60_000));
    const due = waiting().map(({ changeId }) => changeId);
    const { client, pushed } = region(stored);
    expect(await syncRound(bare.desk, client, 't', quiet)).toEqual(ok(undefined));
    for (const request of pushed) {
      expect(request.changes.length).toBeLessThanOrEqual(limits.pushChanges);
      expect(Buffer.byteLength(JSON.stringify(request))).toBeLessThanOrEqual(limits.pushBytes);
    }
    expect(pushed.length).toBeGreaterThan(2);
    expect(pushed.flatMap(({ changes }) => changes.map(({ change }) => change.id))).toEqual(due);
    expect(waiting()).toEqual([]);
  });

  it.each<readonly [RegionTrouble]>([
    [{ kind: 'offline' }],
    [{ kind: 'not-a-region' }],
    [{ kind: 'server-trouble' }],
    [{ kind: 'refused', code: 'signed-out' }],
    [{ kind: 'refused', code: 'slow-down' }],
    [{ kind: 'refused', code: 'not-found' }],
  ])('D2 nothing leaves it for an answer without receipts: %j', async (trouble) => {
    const { caseId } = bare.client();
    write(caseId, anId(), 'Odottaa.');
    const due = waiting().map(({ changeId }) => changeId);
    const { client } = region(async () => err(trouble));
    expect(await syncRound(bare.desk, client, 't', quiet)).toEqual(err(trouble));
    expect(waiting().map(({ changeId }) => changeId)).toEqual(due);
    await syncRound(bare.desk, region(stored).client, 't', quiet);
    expect(waiting()).toEqual([]);
  });

  it('D3 scenarios 15 21: a change that no message can carry waits refused, and the rest goes', async () => {
    const { caseId } = bare.client();
    const ids = [1, 2, 3, 4, 5].map((number) => write(caseId, anId(), `Numero ${number}.`));
    const { client } = region(async (request) =>
      request.changes.some(({ change }) => change.id === ids[2])
        ? err({ kind: 'refused', code: 'too-large' })
        : stored(request),
    );
    expect(await syncRound(bare.desk, client, 't', quiet)).toEqual(ok(undefined));
    expect(waiting()).toEqual([]);
    expect(outboxSummary(bare.desk.db)).toMatchObject({ refused: 1, notTaken: 1 });
    expect(shownIds(caseId)).not.toContain(ids[2]);
    expect(readSyncStatus(bare.desk, noReport).regionHasAll).toBe(false);
    bare.desk.db.run('DELETE FROM outbox');
  });

  it('T1 the region has everything only when nothing waits or was refused and no news is waiting', async () => {
    const { caseId } = bare.client();
    const all = (news = false) =>
      readSyncStatus(bare.desk, { ...noReport, newsWaiting: news }).regionHasAll;
    expect([all(), all(true)]).toEqual([true, false]);
    const id = write(caseId, anId(), 'Odottaa.');
    expect(all()).toBe(false);
    bare.take({ receipts: [{ changeId: id, verdict: 'refused', code: 'bad-value' }] });
    expect(all()).toBe(false);
    bare.desk.db.run('DELETE FROM outbox');
    expect(all()).toBe(true);
    const reviewed = write(caseId, anId(), 'Tarkastukseen.');
    bare.take({ receipts: [{ changeId: reviewed, verdict: 'review' }] });
    expect(all()).toBe(true);
    bare.desk.db.run('DELETE FROM outbox');
  });
});

describe('what is shown', () => {
  it('D7 a change in review counts for nothing until a page brings it; then it is stored', () => {
    const { caseId, need } = bare.client();
    const id = write(caseId, need.recordId, 'Ehdotus.', [need.id]);
    const change = waiting().find(({ changeId }) => changeId === id)?.change as Change;
    bare.take({ receipts: [{ changeId: id, verdict: 'review' }] });
    expect(shownIds(caseId)).not.toContain(id);
    expect(outboxSummary(bare.desk.db)).toMatchObject({ waiting: 0, refused: 1 });
    bare.take({ changes: [{ seq: 950, change }] });
    expect(shownIds(caseId)).toContain(id);
    expect(outboxSummary(bare.desk.db)).toMatchObject({ waiting: 0, refused: 0 });
  });

  it('D6 an own change that the deliveries have replaced is shown no more', () => {
    const { caseId, need } = bare.client();
    const id = write(caseId, need.recordId, 'Oma.', [need.id]);
    bare.take({ receipts: [{ changeId: id, verdict: 'stored', seq: 960 }], through: 959 });
    expect(shownIds(caseId)).toContain(id);
    bare.take({ through: 960 });
    expect(shownIds(caseId)).not.toContain(id);
  });

  it('D6 P3 an own edit of the client’s name, stored and not delivered, leaves with the client', () => {
    const { caseId } = bare.client();
    const caseNo = findCase(bare.desk.db, caseId) ?? 0;
    const [known] = readCase(bare.desk.db, caseNo).filter(
      ({ shape }) => shape.group === 'identity',
    );
    const written = writeEdits(bare.desk, caseId, [
      {
        recordId: caseId,
        kind: 'client',
        compartment: jointPlan,
        group: 'identity',
        value: { ...(JSON.parse(known?.valueText ?? '{}') as Change['value']), familyName: 'Uusi' },
        basedOn: known ? [known.id] : [],
      },
    ]);
    expect(written.ok).toBe(true);
    const changeId = written.ok ? (written.value.changes[0]?.changeId ?? '') : '';
    bare.take({
      receipts: [{ changeId, verdict: 'stored', seq: 970 }],
      through: 970,
      left: [{ caseId, compartment: jointPlan }],
    });
    expect(findCase(bare.desk.db, caseId)).toBeUndefined();
  });

  it('P6 a client whose rights ended before it had entered goes when the pull is complete', () => {
    const caseId = anId();
    const half = bare.other({ caseId });
    bare.take({ changes: [{ seq: 980, change: half }], more: true });
    expect(shownIds(caseId)).toEqual([half.id]);
    bare.take({ more: false });
    expect(findCase(bare.desk.db, caseId)).toBeUndefined();
  });

  it('P6 D3 a client made here that the region refused is not listed, its words are kept', () => {
    const made = createClient(bare.desk, clientNamed('Uusi', 'Asiakas'));
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    const { caseId } = made.value;
    const rows = waiting().filter(({ change }) => change.caseId === caseId);
    bare.take({
      receipts: rows.map(({ changeId }) => ({ changeId, verdict: 'refused', code: 'no-access' })),
    });
    expect(clientName(bare.desk.db, findCase(bare.desk.db, caseId) ?? 0)).toBeUndefined();
    expect(outboxSummary(bare.desk.db).refused).toBe(rows.length);
    bare.desk.db.run('DELETE FROM outbox');
  });
});

describe('another epoch', () => {
  it('L5 noticed in the answer to a push: no receipt is taken, everything goes again in the order of writing', async () => {
    await syncRound(bare.desk, region(stored).client, 't', quiet);
    const made = createClient(bare.desk, clientNamed('Palautettu', 'Asiakas'));
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    const { caseId } = made.value;
    const entering = async () =>
      ok(bare.page({ through: 0, entered: [{ caseId, compartment: jointPlan }] }));
    await syncRound(bare.desk, { ...region(stored).client, pull: entering }, 't', quiet);
    const later = write(caseId, anId(), 'Vielä lähettämättä.');
    const epoch = anId();
    const restored = region(async (request) => {
      const answer = await stored(request);
      return answer.ok ? ok({ ...answer.value, epoch }) : answer;
    });
    const client = { ...restored.client, pull: async () => ok({ ...bare.page({}), epoch }) };
    expect(await syncRound(bare.desk, client, 't', quiet)).toEqual(ok(undefined));
    const [first, ...again] = restored.pushed;
    expect(first?.changes.map(({ change }) => change.id)).toEqual([later]);
    const sent = again.flatMap(({ changes }) => changes.map(({ change }) => change as Change));
    const times = sent.map((change) => change.time);
    expect(times).toEqual(times.toSorted());
    const ofClient = sent.filter((change) => change.caseId === caseId);
    expect(ofClient[0]?.kind).toBe('membership');
    expect(ofClient.at(-1)?.id).toBe(later);
    expect(waiting()).toEqual([]);
    expect(readState(bare.desk.db, 'epoch')).toBe(epoch);
  });
});

describe('a region that knows fewer numbers than it gave', () => {
  const given = async (through: number): Promise<void> => {
    const pull = async () => ok(bare.page({ through }));
    await syncRound(bare.desk, { ...region(stored).client, pull }, 't', quiet);
  };

  it('E5 is noticed in the answer to a push: everything goes again in the same epoch', async () => {
    const { caseId } = bare.client();
    await given(5_000);
    const id = write(caseId, anId(), 'Varmuuskopion jälkeen.');
    const begun = readState(bare.desk.db, 'begun');
    const restored = region(async (request) => {
      const answer = await stored(request);
      return answer.ok ? ok({ ...answer.value, highWater: 4_999 }) : answer;
    });
    const client = { ...restored.client, pull: async () => ok(bare.page({ through: 4_999 })) };
    await syncRound(bare.desk, client, 't', quiet);
    const sentIds = restored.pushed.flatMap(({ changes }) =>
      changes.map(({ change }) => change.id),
    );
    expect(sentIds.filter((sent) => sent === id)).toHaveLength(2);
    expect(readState(bare.desk.db, 'begun')).not.toBe(begun);
    expect(readState(bare.desk.db, 'through')).toBe(4_999);
  });

  it('E5 is noticed in a page, which is not taken', async () => {
    const { caseId } = bare.client();
    await given(5_000);
    const { client } = region(stored);
    const asked: (string | null)[] = [];
    const pull: RegionClient['pull'] = async (_token, request) => {
      asked.push(request.cursor);
      return ok(bare.page({ highWater: 4_000, through: 4_000 }));
    };
    await syncRound(bare.desk, { ...client, pull }, 't', quiet);
    expect(asked.at(-1)).toBeNull();
    expect(asked).toHaveLength(2);
    expect(shownIds(caseId)).toEqual([]);
  });
});

describe('a long first sync', () => {
  it('F4 what is written between two pages is sent before the next page is asked for', async () => {
    const { caseId } = bare.client();
    const order: string[] = [];
    const { client } = region((request) => {
      order.push(...request.changes.map(({ change }) => change.id));
      return stored(request);
    });
    const written: string[] = [];
    const pull = async () => {
      order.push('page');
      if (order.filter((step) => step === 'page').length > 3) return ok(bare.page({}));
      written.push(write(caseId, anId(), `Sivun ${order.length} aikana.`));
      return ok(bare.page({ more: true }));
    };
    await syncRound(bare.desk, { ...client, pull }, 't', quiet);
    const [first, second, third] = written;
    expect(order).toEqual(['page', first, 'page', second, 'page', third, 'page']);
    expect(waiting()).toEqual([]);
  });

  it('F4 what cannot be sent between pages ends the round, and waits', async () => {
    const { caseId } = bare.client();
    let pages = 0;
    const { client } = region(async () => err({ kind: 'server-trouble', retryAfterSeconds: 3 }));
    const pull = async () => {
      pages += 1;
      write(caseId, anId(), 'Odottaa.');
      return ok(bare.page({ more: true }));
    };
    expect(await syncRound(bare.desk, { ...client, pull }, 't', quiet)).toEqual(
      err({ kind: 'server-trouble', retryAfterSeconds: 3 }),
    );
    expect(pages).toBe(1);
    expect(waiting()).toHaveLength(1);
    await syncRound(bare.desk, region(stored).client, 't', quiet);
    expect(waiting()).toEqual([]);
  });
});
