import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { foundClient, membership } from '../region/wire-device.ts';
import { eventually, syncedStatus } from './desks.ts';
import { groupIn, opened, settledAs, startPair, status, write, type Pair } from './pair.ts';

/** Two desks and a real region, on lines on which one change is spoilt: the rest goes on. */

let world: Pair['world'];
let founder: Pair['founder'];
let one: Pair['one'];
let two: Pair['two'];
let sharedClient: Pair['sharedClient'];
let logOf: Pair['logOf'];

beforeAll(async () => {
  ({ world, founder, one, two, sharedClient, logOf } = await startPair());
});
afterAll(() => world.end());
beforeEach(() => {
  for (const { line } of [one, two]) {
    line.alter(() => null);
    line.decide(() => 'pass');
  }
});

type Page = { changes: { change: Record<string, unknown> }[]; left: unknown[] };

const alteringPages =
  (alter: (page: Page) => void) =>
  (path: string, answer: string): string | null => {
    if (path !== '/v1/pull') return null;
    const page = JSON.parse(answer) as Page;
    if (!Array.isArray(page.changes)) return null;
    alter(page);
    return JSON.stringify(page);
  };

const told = (
  lined: Pair['one'],
  check: (status: Awaited<ReturnType<typeof statusOf>>) => boolean,
) =>
  eventually('the status', async () => {
    await lined.desk().get('sync.now', {});
    const now = await statusOf(lined);
    return check(now) && now;
  });
const statusOf = (lined: Pair['one']) => lined.desk().get('sync.status', {});

const inBatches = async <T>(
  items: readonly T[],
  send: (batch: readonly T[]) => Promise<unknown>,
) => {
  for (let from = 0; from < items.length; from += 100) await send(items.slice(from, from + 100));
};

describe('a page spoilt on its way', () => {
  it('N1 N3 N9 scenario 15: the change is set aside with its plan, the others come, and the region hears of it', async () => {
    const spoilt = await sharedClient();
    const sound = await sharedClient();
    await syncedStatus(two.desk());
    let bad: Id | null = null;
    two.line.alter(
      alteringPages(({ changes }) => {
        for (const { change } of changes) {
          if (change['group'] !== 'status' || change['caseId'] !== spoilt.caseId) continue;
          bad = change['id'] as Id;
          change['time'] = 'eilen';
        }
      }),
    );
    await write(one, spoilt.caseId, spoilt.recordId, 'status', status('Ei lukukelpoinen'));
    await write(one, sound.caseId, sound.recordId, 'status', status('Lukukelpoinen'));
    await opened(two, sound.caseId, (view) =>
      settledAs(view, sound.recordId, 'status', { reason: 'Lukukelpoinen' }),
    );
    await told(two, ({ setAside }) => setAside.incoming === 1);
    const view = await opened(two, spoilt.caseId, ({ unread }) => unread.places.length === 1);
    expect(view.unread).toEqual({
      whole: false,
      places: [{ recordId: spoilt.recordId, group: 'status' }],
    });
    const refused = await two.desk().call('records.write', {
      caseId: spoilt.caseId,
      edits: [
        {
          recordId: spoilt.recordId,
          kind: 'need',
          compartment: jointPlan,
          group: 'status',
          value: status('Ohi'),
          basedOn: [],
        },
      ],
    });
    expect(refused).toMatchObject({ error: { code: 'not-all-read' } });
    await eventually('the region hears of it', async () => {
      const rows = await world.database.db.query<{ id: string }>(
        `SELECT id FROM device WHERE person_id = $1 AND set_aside @> $2::jsonb`,
        [two.person.personId, JSON.stringify([{ changeId: bad, code: 'bad-shape' }])],
      );
      return rows.length === 1;
    });
    // Over a restart it is tried again; what came spoilt stays so.
    await two.close();
    await two.reopen();
    expect(await statusOf(two)).toMatchObject({ setAside: { incoming: 1 } });
    expect(await two.desk().get('sync.tryAgain', {})).toEqual({ read: 0 });
    // A later change that can be read replaces it, and nothing false stands up beside it.
    two.line.alter(() => null);
    await write(one, spoilt.caseId, spoilt.recordId, 'status', status('Taas luettavissa'));
    await opened(two, spoilt.caseId, (seen) =>
      settledAs(seen, spoilt.recordId, 'status', { reason: 'Taas luettavissa' }),
    );
  });

  it('B1 B4 removals slipped into a page are stopped and asked about, over a restart; pushing goes on', async () => {
    const made = await foundClient(founder);
    const needs = Array.from({ length: 60 }, () => founder.change({ caseId: made.caseId }));
    await inBatches(needs, (batch) => founder.push(...batch));
    await world.letIn(founder, made.caseId, two.person);
    await opened(two, made.caseId, ({ records }) => records.length >= 61);
    await syncedStatus(two.desk());
    const removals = needs.map((need) =>
      founder.change({
        caseId: made.caseId,
        recordId: need.recordId,
        group: 'existence',
        value: { state: 'removed', reason: 'Kaikki kerralla', covers: [need.id] },
      }),
    );
    await founder.push(...removals);
    const stopped = await told(two, ({ brake }) => brake !== null);
    expect(stopped).toMatchObject({ brake: { records: 60, waiting: false }, regionHasAll: false });
    const { removals: shown } = await two.desk().get('sync.removals', {});
    expect(shown).toMatchObject({
      records: 60,
      clients: 1,
      authors: [{ authorId: founder.person.personId, records: 60 }],
    });
    await two.desk().get('sync.answerRemovals', { answer: 'wait' });
    await two.close();
    await two.reopen();
    expect(await statusOf(two)).toMatchObject({ brake: { records: 60, waiting: true } });
    const stored = await logOf(made.caseId);
    await write(two, made.caseId, made.need.recordId, 'status', status('Lähtee silti'));
    await eventually('the edit at the region', async () => (await logOf(made.caseId)) > stored);
    const before = await two.desk().get('clients.open', { caseId: made.caseId, from: 'list' });
    expect(before.records.every(({ existence }) => existence.state === 'standing')).toBe(true);
    await two.desk().get('sync.answerRemovals', { answer: 'take' });
    const after = await opened(
      two,
      made.caseId,
      ({ records }) =>
        records.filter(({ existence }) => existence.state === 'removed').length === 60,
    );
    expect(groupIn(after, made.need.recordId, 'status')?.state).toBe('settled');
    expect(await syncedStatus(two.desk())).toMatchObject({ brake: null });
  });

  it('B3 a client of sixty records leaves at once by the region’s signed word, and not by a slipped one', async () => {
    const clients = [await foundClient(founder), await foundClient(founder)];
    const memberships = [];
    for (const { caseId } of clients) {
      const needs = Array.from({ length: 60 }, () => founder.change({ caseId }));
      await founder.push(...needs);
      const given = membership(founder, caseId, { personId: two.person.personId });
      await founder.push(given);
      memberships.push(given);
      await opened(two, caseId, ({ records }) => records.length >= 61);
    }
    await syncedStatus(two.desk());
    const [leaving, staying] = clients;
    const [given] = memberships;
    if (!leaving || !staying || !given) throw new Error('Two clients');
    two.line.alter(
      alteringPages((page) => {
        page.left = [{ caseId: staying.caseId, compartment: jointPlan }];
      }),
    );
    await told(two, ({ brake }) => brake !== null);
    expect(
      await two.desk().call('clients.open', { caseId: staying.caseId, from: 'list' }),
    ).toMatchObject({ ok: true });
    two.line.alter(() => null);
    await told(two, ({ brake }) => brake === null);
    const ended = founder.change({
      caseId: leaving.caseId,
      recordId: given.recordId,
      kind: 'membership',
      group: 'grant',
      value: { ...given.value, validTo: '2020-01-01' },
      parents: [given.id],
    });
    await founder.push(ended);
    await eventually('the client has left', async () => {
      await two.desk().get('sync.now', {});
      const view = await two.desk().call('clients.open', { caseId: leaving.caseId, from: 'list' });
      return !view.ok;
    });
    expect(await statusOf(two)).toMatchObject({ brake: null });
  });
});

describe('a server that fails over one plan', () => {
  it('N6 N7 the plan waits, with its words; the others go; asked again when it is cured, it goes', async () => {
    const bad = await sharedClient();
    const good = await sharedClient();
    await syncedStatus(one.desk());
    // The server fails over whatever holds a change of the one client.
    let isCured = false;
    one.line.decide((path, asked) =>
      path === '/v1/push' && !isCured && asked.includes(bad.caseId) ? 'error-500' : 'pass',
    );
    one.line.setOnline(false);
    await write(one, bad.caseId, bad.recordId, 'status', status('Kompastuskivi'));
    await write(one, good.caseId, good.recordId, 'status', status('Menee läpi'));
    await write(one, bad.caseId, bad.need.recordId, 'heading', {
      lifeArea: 'everyday-life',
      title: 'Perässä',
    });
    one.line.setOnline(true);
    await opened(two, good.caseId, (view) =>
      settledAs(view, good.recordId, 'status', { reason: 'Menee läpi' }),
    );
    const waiting = await told(one, ({ setAside }) => setAside.clients === 1);
    expect(waiting).toMatchObject({ waiting: 2, regionHasAll: false });
    const { plans } = await one.desk().get('sync.setAside', {});
    expect(plans).toMatchObject([
      {
        code: 'server-stumbles',
        rows: [{ caseId: bad.caseId, group: 'status' }, { group: 'heading' }],
      },
    ]);
    isCured = true;
    await one.desk().get('sync.tryAgain', {});
    await opened(two, bad.caseId, (view) =>
      settledAs(view, bad.recordId, 'status', { reason: 'Kompastuskivi' }),
    );
    expect(await syncedStatus(one.desk())).toMatchObject({ setAside: { clients: 0 } });
  });
});
