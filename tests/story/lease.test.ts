import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { foundClient, type WireDevice } from '../region/wire-device.ts';
import { eventually, shownHeads, syncedStatus } from './desks.ts';
import { startRegionWorld, type LinedDesk, type RegionWorld } from './region-world.ts';

/** How long a desk shows clients without the region's word, and what goes on all the same. */

const hour = 3_600_000;

let world: RegionWorld;
let founder: WireDevice;
let lined: LinedDesk;
let aheadMs = 0;
let people = 0;
let caseId: Id;
let recordId: Id;

beforeAll(async () => {
  world = await startRegionWorld();
  founder = await world.wire(await world.newPerson('perustaja'));
});
afterAll(() => world.end());

beforeEach(async () => {
  aheadMs = 0;
  const person = await world.newPerson(`maija${(people += 1)}`);
  lined = await world.newDesk(person, () => Date.now() + aheadMs);
  const made = await foundClient(founder);
  ({ caseId } = made);
  ({ recordId } = made.need);
  await world.letIn(founder, caseId, person);
  await eventually('the client', isShown);
  await syncedStatus(lined.desk());
});

const open = () => lined.desk().call('clients.open', { caseId, from: 'list' });
const isShown = async (): Promise<boolean> => (await open()).ok;
const codeOf = async (call: Promise<{ readonly ok: boolean; readonly error?: unknown }>) => {
  const answer = await call;
  return answer.ok ? 'ok' : (answer.error as { readonly code: string }).code;
};
const reads = async () => ({
  open: await codeOf(open()),
  list: await codeOf(
    lined.desk().call('clients.search', {
      query: '',
      sort: 'name',
      descending: false,
      offset: 0,
      limit: 10,
    }),
  ),
  texts: await codeOf(lined.desk().call('text.search', { query: 'sauna', limit: 10 })),
  outbox: await codeOf(lined.desk().call('sync.outbox', { limit: 10 })),
  openings: await codeOf(lined.desk().call('openings.active', {})),
});
const all = (code: string) => ({
  open: code,
  list: code,
  texts: code,
  outbox: code,
  openings: code,
});

describe('three days without the region', () => {
  it('A10 nothing of a client is shown any more, what is being written is kept and sent, and the region’s answer opens all', async () => {
    const view = await lined.desk().get('clients.open', { caseId, from: 'list' });
    const record = view.records.find(({ id }) => id === recordId);
    if (!record) throw new Error('No need');
    lined.line.setOnline(false);
    aheadMs = 71 * hour;
    expect(await reads()).toEqual(all('ok'));
    aheadMs = 73 * hour;
    expect(await reads()).toEqual(all('lease-over'));
    expect(await lined.desk().get('sync.status', {})).toMatchObject({ lease: { isOver: true } });
    const target = {
      recordId,
      kind: 'need',
      compartment: jointPlan,
      group: 'client-words',
      value: { text: 'Kesken jäänyt lause.' },
      basedOn: [...shownHeads(record, 'client-words')],
    };
    expect(await codeOf(lined.desk().call('drafts.save', { caseId, ...target }))).toBe('ok');
    expect(await codeOf(lined.desk().call('records.write', { caseId, edits: [target] }))).toBe(
      'ok',
    );
    lined.line.setOnline(true);
    await lined.desk().get('sync.now', {});
    await eventually('shown again', isShown);
    expect(await syncedStatus(lined.desk())).toMatchObject({
      waiting: 0,
      lease: { isOver: false },
    });
    const after = await lined.desk().get('clients.open', { caseId, from: 'list' });
    expect(after.records.find(({ id }) => id === recordId)?.groups['client-words']).toMatchObject({
      value: { text: 'Kesken jäänyt lause.' },
    });
  });

  it('A10 neither a clock turned back nor the program closed and opened shows them again', async () => {
    lined.line.setOnline(false);
    aheadMs = 73 * hour;
    expect(await codeOf(open())).toBe('lease-over');
    aheadMs = 0;
    expect(await reads()).toEqual(all('lease-over'));
    await lined.close();
    aheadMs = -1_000 * hour;
    await lined.reopen();
    expect(await reads()).toEqual(all('lease-over'));
    aheadMs = 0;
    lined.line.setOnline(true);
    await lined.desk().get('sync.now', {});
    await eventually('shown again', isShown);
  });

  it('A10 the days count also while the program is closed', async () => {
    lined.line.setOnline(false);
    await lined.close();
    aheadMs = 73 * hour;
    await lined.reopen();
    expect(await codeOf(open())).toBe('lease-over');
  });
});

describe('a person whom the region turns away', () => {
  it('A10 somebody who has left sees nothing from the next contact on, also without a network after it', async () => {
    await world.database.owner.query('UPDATE person SET active = false WHERE id = $1', [
      lined.person.personId,
    ]);
    await lined.desk().get('sync.now', {});
    await eventually('turned away', async () => (await codeOf(open())) === 'lease-over');
    lined.line.setOnline(false);
    await lined.close();
    await lined.reopen();
    expect(await reads()).toEqual(all('lease-over'));
  });
});
