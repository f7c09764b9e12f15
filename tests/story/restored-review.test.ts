import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Id } from '#shared/domain/ids.ts';
import { overHttp } from '../region/over-http.ts';
import { restorableRegion, type RestorableRegion } from '../region/restorable-region.ts';
import { addPerson, testId, type TestPerson } from '../region/test-app.ts';
import { membership, wireDevice, wordOf, type WireDevice } from '../region/wire-device.ts';
import { eventually, newDeskFolder, startTestDesk, type TestDesk } from './desks.ts';
import { startLossyProxy, type LossyProxy } from './lossy-proxy.ts';
import { opened, write } from './pair.ts';

/** Work that waits for a reviewer, or was decided about, while its region goes back to a copy of before. */

const patienceMs = 120_000;

let region: RestorableRegion;
let custodian: WireDevice;
let author: TestPerson;
let line: LossyProxy;
let desk: TestDesk;
let removeFolder: () => void;

const http = overHttp(() => region.running().url);

beforeAll(async () => {
  region = await restorableRegion();
  custodian = await wireDevice(http, await addPerson(region.db(), 'vastaava'));
  author = await addPerson(region.db(), 'kirjoittaja');
  line = await startLossyProxy(Number(new URL(region.running().url).port));
  const { folder, remove } = newDeskFolder();
  removeFolder = remove;
  desk = startTestDesk(folder, line.url);
  await desk.get('session.signIn', { login: author.login, secret: author.secret });
}, patienceMs);
afterAll(async () => {
  await desk.close();
  await line.close();
  await region.end();
  removeFolder();
});

const lined = { desk: () => desk };

type Late = { readonly caseId: Id; readonly recordId: Id; readonly text: string; readonly id: Id };

/** What somebody wrote without a line, while their place in the team ended. */
const lateWork = async (...texts: readonly string[]): Promise<readonly Late[]> => {
  line.setOnline(true);
  const made = [];
  for (const text of texts) {
    const caseId = testId();
    const need = custodian.change({ caseId });
    const place = membership(custodian, caseId, { personId: author.personId });
    const own = { personId: custodian.person.personId, role: 'custodian' as const };
    const receipts = await custodian.push(membership(custodian, caseId, own), need, place);
    expect(receipts.map(wordOf)).toEqual(['stored', 'stored', 'stored']);
    await opened(lined, caseId, (view) => view.records.some(({ id }) => id === need.recordId));
    made.push({ caseId, need, place, text });
  }
  line.setOnline(false);
  const late: Late[] = [];
  for (const { caseId, need, place, text } of made) {
    const id = await write(lined, caseId, need.recordId, 'assessment', { text }, [need.id]);
    const end = custodian.change({
      ...place,
      id: testId(),
      group: 'existence',
      parents: [],
      value: { state: 'removed', reason: 'Siirtyi.', covers: [place.id] },
    });
    expect((await custodian.push(end)).map(wordOf)).toEqual(['stored']);
    late.push({ caseId, recordId: need.recordId, text, id });
  }
  return late;
};

const stateOf = async ({ id }: Late) => {
  const rows = (await desk.get('sync.reviewed', {})).rows;
  const found = rows.filter(({ changeId }) => changeId === id);
  expect(found.length).toBeLessThanOrEqual(1);
  return found[0]?.state;
};
const shown = (late: Late, state: string) =>
  eventually(
    `${late.text} ${state}`,
    async () => {
      await desk.get('sync.now', {});
      return (await stateOf(late)) === state;
    },
    60_000,
  );
const taken = async (late: readonly Late[]): Promise<void> => {
  line.setOnline(true);
  for (const each of late) await shown(each, 'review');
};
/** How often the reviewer is asked about it. */
const asked = async ({ id }: Late): Promise<number> => {
  const { body } = await custodian.ask('reviews.list', {});
  return (body as { rows: { changeId: Id }[] }).rows.filter((row) => row.changeId === id).length;
};
const decide = async ({ id }: Late, decision: 'accepted' | 'returned'): Promise<void> => {
  const reason = decision === 'returned' ? 'Kirjattu jo.' : '';
  const { status } = await custodian.ask('reviews.decide', { changeId: id, decision, reason });
  expect(status).toBe(200);
};
const inPlan = async ({ id }: Late): Promise<number> => {
  const [row] = await region
    .db()
    .query<{ count: number }>('SELECT count(*) AS count FROM change_log WHERE change_id = $1', [
      id,
    ]);
  return row?.count ?? 0;
};
const written = () =>
  eventually('everything in the journal', async () => {
    const [row] = await region
      .db()
      .query<{ count: number }>('SELECT count(*) AS count FROM rights_entry');
    return row?.count === 0;
  });
const goBack = async (copy: string): Promise<void> => {
  await written();
  await region.stop();
  await region.restore(copy);
  await region.start();
  expect(region.told()).toContainEqual(expect.objectContaining({ kind: 'restored', missing: 0 }));
  await desk.get('session.lock', {});
  await desk.get('session.unlock', { personId: author.personId, secret: author.secret });
  await eventually('a complete pull after the restore', async () => {
    await desk.get('sync.now', {});
    const status = await desk.get('sync.status', {});
    return status.state === 'idle' && status.lastCompletePull !== null && status.waiting === 0;
  });
};
const journal = (): string =>
  readdirSync(region.anchorsFolder)
    .filter((name) => name.startsWith('rights-'))
    .map((name) => readFileSync(path.join(region.anchorsFolder, name), 'utf8'))
    .join('');

describe('work for review in a region that goes back to a copy', () => {
  it(
    'E3 P4 taken in before the copy: what was decided after it is decided so, the rest is asked once',
    async () => {
      const late = await lateWork('Odottaa.', 'Hyväksytään.', 'Palautetaan.');
      const [waits, accepted, returned] = late as [Late, Late, Late];
      await taken(late);
      const copy = await region.backUp();
      await decide(accepted, 'accepted');
      await decide(returned, 'returned');
      await shown(accepted, 'accepted');
      await shown(returned, 'returned');
      await goBack(copy);
      expect([await asked(waits), await asked(accepted), await asked(returned)]).toEqual([1, 0, 0]);
      expect([await inPlan(waits), await inPlan(accepted), await inPlan(returned)]).toEqual([
        0, 1, 0,
      ]);
      expect(await stateOf(accepted)).toBe('accepted');
      expect(await stateOf(returned)).toBe('returned');
      expect(await stateOf(waits)).toBe('review');
      await decide(waits, 'accepted');
      await shown(waits, 'accepted');
      expect(await inPlan(waits)).toBe(1);
    },
    patienceMs,
  );

  it(
    'E3 P4 taken in after the copy: the words are not lost, twice over, and none can be read in the journal',
    async () => {
      const copy = await region.backUp();
      const late = await lateWork('Kopion jälkeen odottaa.', 'Kopion jälkeen ja hyväksytty.');
      const [waits, accepted] = late as [Late, Late];
      await taken(late);
      await decide(accepted, 'accepted');
      await shown(accepted, 'accepted');
      for (const round of [1, 2]) {
        await goBack(copy);
        expect([round, await asked(waits), await asked(accepted)]).toEqual([round, 1, 0]);
        expect([await inPlan(waits), await inPlan(accepted)]).toEqual([0, 1]);
        expect([await stateOf(waits), await stateOf(accepted)]).toEqual(['review', 'accepted']);
      }
      const { changes } = await (await wireDevice(http, custodian.person)).pullAll();
      expect(changes.get(accepted.id)?.value).toEqual({ text: accepted.text });
      await decide(waits, 'returned');
      await shown(waits, 'returned');
      await written();
      expect(journal()).toContain(waits.id);
      for (const { text } of late) expect(journal()).not.toContain(text);
    },
    patienceMs,
  );
});
