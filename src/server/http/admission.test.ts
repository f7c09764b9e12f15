import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { protocolVersion } from '#shared/protocol/version.ts';
import type { PullResponse } from '#shared/protocol/pull.ts';
import { addPerson, testApp, testId, type TestApp } from '../../../tests/region/test-app.ts';
import { testDatabase, type TestDatabase } from '../../../tests/region/test-database.ts';
import { foundClient, wireDevice, type WireDevice } from '../../../tests/region/wire-device.ts';
import { eventually } from '../../../tests/story/desks.ts';
import { withTransaction } from '../db/pool.ts';
import { openSession, sessionLimits } from '../region/identity/sessions.ts';
import { createAdmission, limitsFor, type Admission, type Lane } from './admission.ts';
import { TooBusy } from './problem.ts';

const limits = {
  places: 3,
  bulkPlaces: 1,
  longestLine: { interactive: 4, bulk: 2 },
  longestWaitMs: 60_000,
};

/** Work that ends when it is told to. */
const held = (admission: Admission, lane: Lane, begun: Lane[] = []) => {
  const gate = Promise.withResolvers<void>();
  const done = admission.run(lane, async () => {
    begun.push(lane);
    await gate.promise;
  });
  return { end: gate.resolve, done };
};
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('who works and who waits', () => {
  it('F2 F3 no more work than there are places, and never all of them bulk', async () => {
    const admission = createAdmission(limits, () => 0);
    const bulk = [held(admission, 'bulk'), held(admission, 'bulk')];
    const others = [1, 2, 3].map(() => held(admission, 'interactive'));
    await settled();
    expect(admission.load()).toMatchObject({
      working: { interactive: 2, bulk: 1 },
      waiting: { interactive: 1, bulk: 1 },
    });
    for (const { end } of [...bulk, ...others]) end();
    await Promise.all([...bulk, ...others].map(({ done }) => done));
    expect(admission.load()).toMatchObject({
      working: { interactive: 0, bulk: 0 },
      waiting: { interactive: 0, bulk: 0 },
    });
  });

  it('F1 people before bulk, but bulk after at most eight of them', async () => {
    const wide = { ...limits, places: 1, longestLine: { interactive: 100, bulk: 100 } };
    const admission = createAdmission(wide, () => 0);
    const begun: Lane[] = [];
    const first = held(admission, 'interactive', begun);
    const all = [
      held(admission, 'bulk', begun),
      ...Array.from({ length: 12 }, () => held(admission, 'interactive', begun)),
    ];
    first.end();
    for (const { end } of all) end();
    await Promise.all(all.map(({ done }) => done));
    expect(begun.indexOf('bulk')).toBe(8);
  });

  it('F2 a full line turns away, with times to come again that are spread', async () => {
    let chance = 0;
    const admission = createAdmission(limits, () => chance);
    const working = [1, 2, 3].map(() => held(admission, 'interactive'));
    const waiting = [
      ...[1, 2, 3, 4].map(() => held(admission, 'interactive')),
      ...[1, 2].map(() => held(admission, 'bulk')),
    ];
    const times = async (lane: Lane) => {
      const seconds: unknown[] = [];
      for (chance of [0, 0.5, 0.99]) {
        const error = await admission.run(lane, async () => {}).catch((thrown: unknown) => thrown);
        seconds.push(error instanceof TooBusy && error.retryAfterSeconds);
      }
      return seconds;
    };
    expect(await times('interactive')).toEqual([1, 4, 6]);
    expect(await times('bulk')).toEqual([5, 18, 30]);
    expect(admission.load().turnedAway).toEqual({ interactive: 3, bulk: 3 });
    for (const { end } of [...working, ...waiting]) end();
    await Promise.all([...working, ...waiting].map(({ done }) => done));
  });

  it('F2 who has waited too long is asked to come again, and leaves the line', async () => {
    vi.useFakeTimers();
    const admission = createAdmission(limits, () => 0);
    const working = [1, 2, 3].map(() => held(admission, 'interactive'));
    const late = admission.run('interactive', async () => {}).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(limits.longestWaitMs);
    expect(await late).toBeInstanceOf(TooBusy);
    vi.useRealTimers();
    expect(admission.load().waiting.interactive).toBe(0);
    for (const { end } of working) end();
    await Promise.all(working.map(({ done }) => done));
  });

  it('F2 work that fails frees its place', async () => {
    const admission = createAdmission(limits, () => 0);
    for (let time = 1; time <= 10; time += 1) {
      await expect(
        admission.run('bulk', () => Promise.reject(new Error('failed'))),
      ).rejects.toThrow('failed');
    }
    expect(admission.load().working.bulk).toBe(0);
  });

  it('F2 connections stay free for what stands in no lane', () => {
    for (const connections of [4, 10, 50]) {
      const { places, bulkPlaces } = limitsFor(connections);
      expect(places).toBeLessThan(connections);
      expect(bulkPlaces).toBeLessThan(places);
    }
  });
});

describe('a herd of devices', () => {
  const devices = 120;
  const edits = 2;
  const patienceMs = 200_000;
  let test: TestDatabase;
  let region: TestApp;
  let admission: Admission;
  let founder: WireDevice;
  beforeAll(async () => {
    test = await testDatabase();
    admission = createAdmission(
      {
        places: 5,
        bulkPlaces: 2,
        longestLine: { interactive: 2 * devices, bulk: devices - 20 },
        longestWaitMs: patienceMs,
      },
      () => 0.5,
    );
    const requestsPerMinute = { device: 100_000, address: 100_000 };
    region = await testApp(test.db, { admission, requestsPerMinute });
    founder = await wireDevice(region, await addPerson(test.db, 'perustaja'));
  });
  afterAll(async () => {
    await region.app.close();
    await test.close();
  });

  /** A session of its own on a further device of the person, without the work of a sign-in. */
  const tokenOfNewDevice = (personId: string): Promise<string> =>
    withTransaction(test.db, async (tx) => {
      const deviceId = testId();
      await tx.query(
        `INSERT INTO device (id, person_id, public_key, name, created_at, last_seen_at)
         SELECT $1, person_id, public_key, name, created_at, last_seen_at FROM device WHERE id = $2`,
        [deviceId, founder.id],
      );
      const opened = await openSession(
        tx,
        { personId, deviceId, way: { kind: 'account' } },
        region.now(),
        (length) => randomBytes(length),
        { ...sessionLimits, accessMs: sessionLimits.absoluteMs },
      );
      return opened.token;
    });

  it(
    'F1 F2 returns at once with edits: nothing is lost, people are answered while bulk waits',
    async () => {
      const clients = await Promise.all([1, 2, 3, 4, 5].map(() => foundClient(founder)));
      const tokens: string[] = [];
      for (let index = 0; index < devices; index += 1) {
        tokens.push(await tokenOfNewDevice(founder.person.personId));
      }
      const post = (token: string, url: string, payload: object) =>
        region.app.inject({
          method: 'POST',
          url,
          headers: { authorization: `Bearer ${token}` },
          payload: { protocol: protocolVersion, ...payload },
        });
      const ask = { awaiting: [], erased: [], directoryRevision: 0 };
      let turnedAway = 0;
      /** As a device does: asked to come again, it does; a second of the region is 50 ms here. */
      const until = async (send: () => ReturnType<typeof post>) => {
        for (;;) {
          const answer = await send();
          if (answer.statusCode !== 503) return answer;
          const seconds = Number(answer.headers['retry-after']);
          expect(seconds).toBeGreaterThan(0);
          turnedAway += 1;
          await new Promise((resolve) => setTimeout(resolve, seconds * 50));
        }
      };
      const ids: string[] = [];
      let bulkAnswered = 0;
      let most = 0;
      // The places of bulk are taken: whatever begins anew has to wait.
      const takers = [held(admission, 'bulk'), held(admission, 'bulk')];
      const herd = tokens.map(async (token, index) => {
        const begun = testId();
        const pulling = until(() => post(token, '/v1/pull', { begun, cursor: null, ...ask })).then(
          (answer) => {
            bulkAnswered += 1;
            return answer;
          },
        );
        const changes = Array.from({ length: edits }, () =>
          founder.signed(founder.change({ caseId: clients[index % 5]?.caseId ?? '' })),
        );
        ids.push(...changes.map(({ change }) => change.id));
        const pushed = await until(() => post(token, '/v1/push', { changes }));
        const { working } = admission.load();
        most = Math.max(most, working.interactive + working.bulk);
        expect(pushed.statusCode).toBe(200);
        return pulling;
      });
      const stored = async () => {
        const [row] = await test.db.query<{ count: number }>(
          'SELECT count(*) AS count FROM change_log WHERE change_id = ANY($1::uuid[])',
          [ids],
        );
        return row?.count;
      };
      await eventually(
        'all edits stored while bulk waits',
        async () => (await stored()) === devices * edits,
        patienceMs,
      );
      // A device that goes on is answered too.
      const { pages } = await Promise.race([
        pullThatGoesOn(),
        Promise.all(herd).then(() => Promise.reject(new Error('bulk did not wait'))),
      ]);
      expect(pages).toBe(1);
      expect(bulkAnswered).toBe(0);
      for (const { end } of takers) end();
      for (const answer of await Promise.all(herd)) {
        expect(answer.statusCode).toBe(200);
        expect(answer.json<PullResponse>().entered.length).toBeGreaterThan(0);
      }
      expect(await stored()).toBe(devices * edits);
      expect(turnedAway).toBeGreaterThan(0);
      expect(admission.load().turnedAway.bulk).toBe(turnedAway);
      expect(most).toBeLessThanOrEqual(5);
    },
    2 * patienceMs,
  );

  /** The founder's own device, which had taken its pages before the herd came. */
  let cursor: string | null = null;
  let begun = '';
  beforeAll(async () => {
    const pulled = await founder.pullAll();
    ({ cursor, begun } = pulled);
  });
  const pullThatGoesOn = async () => {
    const answer = await founder.pull({ cursor, begun });
    if (!answer.ok) throw new Error(answer.code);
    return { pages: 1 };
  };
});
