import { randomBytes, randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jointPlan } from '#shared/domain/codes.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import type { RecordView } from '#shared/contract/views.ts';
import { dice } from '../faults/dice.ts';
import { foundClient, type WireDevice } from '../region/wire-device.ts';
import { eventually, shownHeads, type TestDesk } from './desks.ts';
import { faults } from './lossy-proxy.ts';
import { said } from './said.ts';
import { startRegionWorld, type LinedDesk, type RegionWorld } from './region-world.ts';

/**
 * Three desks on lines that lose, double, delay, cut and falsify, a region that is restarted and desks that
 * are closed with unsent work: at the end everybody has everything, once.
 *
 * `PUNOS_LINE_SEEDS=100` runs more seeds, `PUNOS_LINE_SEED=7` one.
 */
const oneSeed = process.env['PUNOS_LINE_SEED'];
const seeds =
  oneSeed === undefined
    ? Array.from({ length: Number(process.env['PUNOS_LINE_SEEDS'] ?? 3) }, () => randomInt(2 ** 31))
    : [Number(oneSeed)];
const stepsPerSeed = 50;

let world: RegionWorld;
let founder: WireDevice;
let desks: readonly LinedDesk[];

beforeAll(async () => {
  world = await startRegionWorld();
  const people = [];
  for (const name of ['kaisa', 'ville', 'maija']) people.push(await world.newPerson(name));
  founder = await world.wire(await world.newPerson('perustaja'));
  desks = await Promise.all(people.map((person) => world.newDesk(person)));
});
afterAll(() => world.end());

const id = (): Id => newId(Date.now(), (length) => randomBytes(length));

const openOf = async (desk: TestDesk, caseId: Id) =>
  desk.get('clients.open', { caseId, from: 'list' });

/** One edit by hand, over what the desk shows. Answers the ids of its changes. */
const editSomething = async (
  desk: TestDesk,
  caseId: Id,
  roll: (sides: number) => number,
): Promise<readonly Id[]> => {
  const { records } = await openOf(desk, caseId);
  const needs = records.filter((record) => record.kind === 'need');
  const need = needs[roll(needs.length)];
  const text = (record: RecordView | undefined) => {
    const group = record?.groups['assessment'];
    const known = group && 'value' in group ? group.value['text'] : '';
    return `${typeof known === 'string' ? known : ''} Lause ${roll(1_000)}.`;
  };
  const group = roll(3) === 0 ? 'status' : 'assessment';
  const isNew = roll(3) === 0 || !need;
  const written = await desk.get('records.write', {
    caseId,
    edits: [
      {
        recordId: isNew ? id() : need.id,
        kind: 'need',
        compartment: jointPlan,
        group,
        value:
          group === 'status'
            ? { status: roll(2) ? 'open' : 'resolved', reason: `${roll(9)}`, date: null }
            : { text: text(isNew ? undefined : need) },
        basedOn: isNew ? [] : shownHeads(need, group),
      },
    ],
  });
  return written.changes.map((change) => change.changeId);
};

describe('a lossy line', () => {
  it.each(seeds)(
    'D1 D2 D4 I2 U1 U3 L4 scenarios 7 10 13 20: nothing lost, nothing doubled, nobody taken for a copy, seed %i',
    async (seed) => {
      const roll = dice(seed);
      const { caseId } = await foundClient(founder);
      for (const { person } of desks) await world.letIn(founder, caseId, person);
      for (const lined of desks) {
        lined.line.decide(() => 'pass');
        await eventually('the client on the desk', async () => {
          await lined.desk().get('sync.now', {});
          return (await lined.desk().call('clients.open', { caseId, from: 'list' })).ok;
        });
      }
      for (const { line } of desks) {
        line.decide(() => (roll(2) === 0 ? 'pass' : (faults[roll(faults.length)] ?? 'pass')));
      }
      const written = new Set<Id>();
      const counts = { edits: 0, restarts: 0, reopened: 0, offline: 0 };
      for (let step = 0; step < stepsPerSeed; step += 1) {
        const lined = desks[roll(desks.length)];
        if (!lined) continue;
        const what = roll(20);
        if (what === 0) {
          await world.restartRegion();
          counts.restarts += 1;
        } else if (what === 1) {
          await lined.close();
          await lined.reopen();
          counts.reopened += 1;
        } else if (what <= 3) {
          lined.line.setOnline(what === 2);
          counts.offline += 1;
        } else {
          for (const change of await editSomething(lined.desk(), caseId, roll)) written.add(change);
          counts.edits += 1;
        }
        const before = lined.line.seen();
        // Lets the line work between some of the steps, for a moment at most.
        if (roll(3) === 0) {
          await eventually(
            'something on the line',
            async () => lined.line.seen() > before,
            300,
          ).catch(() => null);
        }
      }
      for (const { line } of desks) {
        line.decide(() => 'pass');
        line.setOnline(true);
      }
      const [due] = await eventually('every outbox empty and every desk alike', async () => {
        for (const lined of desks) {
          await lined.desk().get('sync.now', {});
          const status = await lined.desk().get('sync.status', {});
          if (!status.regionHasAll || status.refused > 0) return null;
        }
        const views = await Promise.all(desks.map((lined) => said(lined.desk(), caseId)));
        const texts = new Set(views.map((view) => canonicalJson(view)));
        return texts.size === 1 ? views : null;
      });
      expect(due).toMatchObject({ refused: [], waiting: 0 });
      const rows = await world.database.db.query<{ id: Id }>(
        `SELECT change_id AS id FROM change_log
       WHERE case_id = $1 AND kind = 'need' AND device_id <> $2`,
        [caseId, founder.id],
      );
      expect(rows.map((row) => row.id).toSorted()).toEqual([...written].toSorted());
      const copies = await world.database.db.query(
        'SELECT 1 FROM device WHERE replaces IS NOT NULL',
      );
      expect(copies).toEqual([]);
      for (const lined of desks) {
        expect((await lined.desk().get('sync.status', {})).deviceRekeyed).toBeNull();
      }
      process.stdout.write(
        `lossy line: seed ${seed}, ${JSON.stringify(counts)}, ${rows.length} changes\n`,
      );
    },
  );
});
