import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onlineCallNames } from '#shared/contract/online-calls.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { writeState } from '#main/db/queries/sync-state.ts';
import { withTransaction } from '#main/db/handles.ts';
import { onlineHandlers } from '#main/core/online/online-handlers.ts';
import type { RegionClient, RegionTrouble } from '#main/core/syncing/region-client.ts';
import { anId, bareDesk, type BareDesk } from './device-fixture.ts';

let bare: BareDesk;
beforeAll(async () => {
  bare = await bareDesk();
  withTransaction(bare.desk.db, (db) => writeState(db, 'sessionToken', 'lippu'));
});
afterAll(() => bare.end());

/** A region that answers everything alike, at a desk that may be locked meanwhile. */
const asking = (answer: Result<unknown, RegionTrouble>, locksMeanwhile = false) => {
  const asked: unknown[] = [];
  let synced = 0;
  let isOpen = true;
  const region = {
    ask: async (...question: readonly unknown[]) => {
      asked.push(question);
      if (locksMeanwhile) isOpen = false;
      return answer;
    },
  } as unknown as RegionClient;
  const handlers = onlineHandlers({
    current: () => (isOpen ? { desk: bare.desk, region } : null),
    syncNow: () => {
      synced += 1;
    },
  });
  return { handlers, asked, synced: () => synced, lock: () => (isOpen = false) };
};

describe('what only the region can answer', () => {
  it('has a handler for every call, and goes through under the desk’s session', async () => {
    const { handlers, asked, synced } = asking(ok({ rows: [], personIds: [] }));
    expect(Object.keys(handlers).toSorted()).toEqual([...onlineCallNames].toSorted());
    expect(await handlers['absences.list']({})).toEqual(ok({ rows: [], personIds: [] }));
    expect(asked).toEqual([['lippu', 'absences.list', {}]]);
    expect(synced()).toBe(0);
  });

  it('sync goes at once after what may have altered rights', async () => {
    const { handlers, synced } = asking(ok({}));
    await handlers['clients.endOpening']({ openingId: anId() });
    await handlers['absences.end']({ id: anId() });
    await handlers['reviews.decide']({ changeId: anId(), decision: 'accepted', reason: '' });
    expect(synced()).toBe(3);
  });

  it.each<readonly [RegionTrouble, unknown]>([
    [{ kind: 'offline' }, { code: 'region-offline' }],
    [{ kind: 'not-a-region' }, { code: 'region-not-a-region' }],
    [
      { kind: 'server-trouble', retryAfterSeconds: 5 },
      { code: 'region-server-trouble', retryAfterSeconds: 5 },
    ],
    [{ kind: 'refused', code: 'no-access' }, { code: 'no-access' }],
    [{ kind: 'refused', code: 'signed-out' }, { code: 'region-signed-out' }],
    [
      { kind: 'refused', code: 'not-acceptable', path: 'validTo', problem: 'before-from' },
      { code: 'not-acceptable', path: 'validTo', problem: 'before-from' },
    ],
  ])('trouble is a code that the window has words for: %j', async (trouble, problem) => {
    const { handlers, synced } = asking(err(trouble));
    expect(await handlers['absences.end']({ id: anId() })).toEqual(err(problem));
    expect(synced()).toBe(0);
  });

  it('answers nobody at a locked desk, nor whoever comes after the one who asked', async () => {
    const { handlers, asked, lock } = asking(ok({}));
    lock();
    expect(await handlers['reviews.list']({})).toEqual(err({ code: 'locked' }));
    expect(asked).toEqual([]);
    const meanwhile = asking(ok({ rows: [] }), true);
    expect(await meanwhile.handlers['reviews.list']({})).toEqual(err({ code: 'locked' }));
  });
});
