import type { ClientView } from '#shared/contract/views.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoAccounts } from '#server/demo/accounts.ts';
import { loadDemo } from '#server/demo/load-demo.ts';
import { listenForNews, type News } from '#server/region/syncing/news.ts';
import { testApp, type TestApp } from '../region/test-app.ts';
import { testDatabase, type TestDatabase } from '../region/test-database.ts';
import {
  eventually,
  newDeskFolder,
  recordOf,
  shownHeads,
  startTestDesk,
  syncedStatus,
  type TestDesk,
} from './desks.ts';

const [kaisa, ville] = demoAccounts as [(typeof demoAccounts)[0], (typeof demoAccounts)[0]];

let database: TestDatabase;
let region: TestApp;
let news: News;
let url: string;
const folders = [newDeskFolder(), newDeskFolder()] as const;
let first: TestDesk;
let second: TestDesk;

beforeAll(async () => {
  database = await testDatabase();
  await loadDemo({ db: database.db, clients: 30, now: () => new Date(), onProgress: () => {} });
  news = await listenForNews(database.db, () => {});
  region = await testApp(database.db, { news, now: () => new Date() });
  url = await region.app.listen({ host: '127.0.0.1', port: 0 });
  first = startTestDesk(folders[0].folder, url);
  second = startTestDesk(folders[1].folder, url);
});

afterAll(async () => {
  await first.close();
  await second.close();
  await region.app.close();
  await news.end();
  await database.close();
  for (const { remove } of folders) remove();
});

const openShared = async (desk: TestDesk) => {
  const found = await desk.get('clients.search', {
    query: 'kivimetsä aune',
    sort: 'name',
    descending: false,
    offset: 0,
    limit: 10,
  });
  return desk.get('clients.open', { caseId: found.rows[0]?.caseId ?? '', from: 'list' });
};

describe('two desks at one plan', () => {
  it('D4 P2 both get their clients, and no others', async () => {
    await first.get('session.signIn', { login: kaisa.login, secret: kaisa.secret });
    await second.get('session.signIn', { login: ville.login, secret: ville.secret });
    await syncedStatus(first);
    await syncedStatus(second);
    const mine = await openShared(first);
    const theirs = await openShared(second);
    // The plan is one; of the registers and the permissions each sees what the task reaches.
    const planOf = (view: ClientView) =>
      view.records.filter((record) => record.compartment === 'joint/plan').map(({ id }) => id);
    expect(planOf(theirs).toSorted()).toEqual(planOf(mine).toSorted());
    expect(theirs.records.some(({ compartment }) => compartment === 'joint/permissions')).toBe(
      false,
    );
    expect(mine.records.some(({ compartment }) => compartment === 'joint/permissions')).toBe(true);
    const all = await first.get('clients.search', {
      query: '',
      sort: 'name',
      descending: false,
      offset: 0,
      limit: 500,
    });
    expect(all.total).toBeGreaterThan(1);
    expect(all.total).toBeLessThan(30);
  });

  it('D5 U2 different groups edited apart both stand; the same group shows both versions', async () => {
    const mine = await openShared(first);
    const goal = recordOf(mine, 'goal');
    const [actionA, actionB] = mine.records.filter((record) => record.kind === 'action');
    if (!actionA || !actionB) throw new Error('Too few actions');
    const edit = (record: typeof goal, group: string, value: object) => ({
      recordId: record.id,
      kind: record.kind,
      compartment: record.compartment,
      group,
      value: value as never,
      basedOn: shownHeads(record, group),
    });
    const statement = (title: string) => ({ title, description: '', voice: 'joint' });
    await first.get('records.write', {
      caseId: mine.caseId,
      edits: [
        edit(goal, 'statement', statement('Kaisan sanoin')),
        edit(actionA, 'schedule', { frequency: 'kerran viikossa', start: null, end: null }),
      ],
    });
    await second.get('records.write', {
      caseId: mine.caseId,
      edits: [
        edit(goal, 'statement', statement('Villen sanoin')),
        edit(actionB, 'schedule', { frequency: 'joka päivä', start: null, end: null }),
      ],
    });
    for (const desk of [first, second]) {
      await eventually('both versions', async () => {
        const view = await openShared(desk);
        return recordOf(view, 'goal', (r) => r.id === goal.id).groups['statement']?.state ===
          'conflict'
          ? view
          : null;
      });
    }
    const conflicted = await openShared(first);
    const open = recordOf(conflicted, 'goal', (r) => r.id === goal.id);
    expect(open.groups['statement']?.heads).toHaveLength(2);
    expect(
      open.groups['statement']?.state === 'conflict' && open.groups['statement'].ancestor,
    ).toBeTruthy();
    await second.get('records.write', {
      caseId: mine.caseId,
      edits: [edit(open, 'statement', statement('Yhdessä'))],
    });
    for (const desk of [first, second]) {
      const view = await eventually('the settlement', async () => {
        const now = await openShared(desk);
        const group = recordOf(now, 'goal', (r) => r.id === goal.id).groups['statement'];
        return group?.state === 'settled' && group.value['title'] === 'Yhdessä' ? now : null;
      });
      const schedule = (id: string) =>
        recordOf(view, 'action', (r) => r.id === id).groups['schedule'];
      expect(schedule(actionA.id)).toMatchObject({ value: { frequency: 'kerran viikossa' } });
      expect(schedule(actionB.id)).toMatchObject({ value: { frequency: 'joka päivä' } });
    }
    await syncedStatus(first);
    await syncedStatus(second);
  });
});
