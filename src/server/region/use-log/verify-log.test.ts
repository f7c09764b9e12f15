import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { protocolVersion } from '#shared/protocol/version.ts';
import { withTransaction } from '#server/db/pool.ts';
import type { Anchors } from './anchors.ts';
import { forgetOldUse } from './partitions.ts';
import { createSealer } from './seal-use.ts';
import { takeInUseLog } from './take-in.ts';
import { verifyLog } from './verify-log.ts';
import {
  anEntry,
  faultsOf,
  useLogWorld,
  type UseLogWorld,
} from '../../../../tests/region/use-log-world.ts';

let world: UseLogWorld;
beforeAll(async () => {
  world = await useLogWorld();
  // Two devices and the server itself, in several blocks; and a month far ahead, to move an entry to.
  const devices = [await world.device(), await world.device()];
  for (let round = 0; round < 4; round += 1) {
    await world.write(anEntry(), anEntry({ register: 'patient' }));
    for (const device of devices) await device.send([device.next(), device.next()]);
    await world.seal();
  }
  await world.write(anEntry({ atMs: Date.parse('2031-05-05T08:00:00Z') }));
  await world.seal();
});
afterAll(() => world.close());

describe('A14: what the owner of the database alters', () => {
  const some =
    "ctid = (SELECT min(ctid) FROM use_entry_2026_11 WHERE register = 'joint' AND role = 'participant')";
  const aChained = 'ctid = (SELECT max(ctid) FROM use_entry_2026_11 WHERE device_no IS NOT NULL)';
  const lastBlock = `(register, month, no) = (SELECT register, month, no FROM use_block
    WHERE register = 'joint' AND month = '2026-11' ORDER BY no DESC LIMIT 1)`;
  const someBlock = "register = 'joint' AND month = '2026-11' AND no = 2";
  const tamperings: readonly (readonly [string, ...(readonly string[])])[] = [
    ['another person', `UPDATE use_entry_2026_11 SET person_id = gen_random_uuid() WHERE ${some}`],
    ['another client', `UPDATE use_entry_2026_11 SET case_id = gen_random_uuid() WHERE ${some}`],
    ['another action', `UPDATE use_entry_2026_11 SET action = 'write' WHERE ${some}`],
    ['another role', `UPDATE use_entry_2026_11 SET role = 'custodian' WHERE ${some}`],
    ['another ground', `UPDATE use_entry_2026_11 SET ground = 'permission' WHERE ${some}`],
    ['another register', `UPDATE use_entry_2026_11 SET register = 'none' WHERE ${some}`],
    ['fewer parts', `UPDATE use_entry_2026_11 SET compartments = '{}' WHERE ${some}`],
    ['said to be offline', `UPDATE use_entry_2026_11 SET offline = NOT offline WHERE ${some}`],
    ['another time', `UPDATE use_entry_2026_11 SET at = at + interval '1 hour' WHERE ${some}`],
    [
      'another month',
      `UPDATE use_entry SET at = '2031-05-06' WHERE id = (SELECT id FROM use_entry_2026_11 LIMIT 1)`,
    ],
    ['another clock', `UPDATE use_entry_2026_11 SET written_ms = written_ms + 1 WHERE ${some}`],
    [
      'another arrival',
      `UPDATE use_entry_2026_11 SET received_at = received_at + interval '1 s' WHERE ${some}`,
    ],
    [
      'another text',
      `UPDATE use_entry_2026_11 SET body = replace(body, '"offline":false', '"offline":true') WHERE ${some}`,
    ],
    ['another space', `UPDATE use_entry_2026_11 SET body = body || ' ' WHERE ${some}`],
    [
      'text and columns alike',
      `UPDATE use_entry_2026_11 SET role = 'round', body = replace(body, '"role":"participant"', '"role":"round"') WHERE ${some}`,
    ],
    [
      'another number in the chain',
      `UPDATE use_entry_2026_11 SET device_no = device_no + 100 WHERE ${aChained}`,
    ],
    [
      'another hash in the chain',
      `UPDATE use_entry_2026_11 SET device_hash = repeat('a', 64) WHERE ${aChained}`,
    ],
    ['one deleted', `DELETE FROM use_entry_2026_11 WHERE ${some}`],
    ['one of a chain deleted', `DELETE FROM use_entry_2026_11 WHERE ${aChained}`],
    [
      'one doubled',
      `INSERT INTO use_entry SELECT id, at + interval '1 ms', written_ms, received_at, action, person_id, profession, task_class, unit_id, role, case_id, register, compartments, ground, basis_id, device_id, offline, body FROM use_entry_2026_11 WHERE ${some}`,
    ],
    [
      'one forged',
      `INSERT INTO use_entry SELECT gen_random_uuid(), at, written_ms, received_at, action, person_id, profession, task_class, unit_id, role, case_id, register, compartments, ground, basis_id, device_id, offline, body FROM use_entry_2026_11 WHERE ${some}`,
    ],
    [
      'one forged in no register',
      `INSERT INTO use_entry SELECT gen_random_uuid(), at, written_ms, received_at, action, person_id, profession, task_class, unit_id, role, case_id, 'other', compartments, ground, basis_id, device_id, offline, body FROM use_entry_2026_11 WHERE ${some}`,
    ],
    [
      'an id left out of a block',
      `UPDATE use_block SET entry_ids = entry_ids[2:] WHERE ${someBlock}`,
    ],
    ["a block's hash", `UPDATE use_block SET hash = repeat('b', 64) WHERE ${someBlock}`],
    [
      "a block's time",
      `UPDATE use_block SET sealed_at = sealed_at + interval '1 s' WHERE ${someBlock}`,
    ],
    ['a block deleted', `DELETE FROM use_block WHERE ${someBlock}`],
    ['the last block deleted', `DELETE FROM use_block WHERE ${lastBlock}`],
    [
      'the last rows and their block cut off',
      `DELETE FROM use_entry WHERE id IN (SELECT unnest(entry_ids) FROM use_block WHERE ${lastBlock})`,
      `DELETE FROM use_block WHERE ${lastBlock}`,
    ],
    [
      'two blocks exchanged',
      "UPDATE use_block SET no = -1 WHERE register = 'joint' AND month = '2026-11' AND no = 1",
      "UPDATE use_block SET no = 1 WHERE register = 'joint' AND month = '2026-11' AND no = 2",
      "UPDATE use_block SET no = 2 WHERE register = 'joint' AND month = '2026-11' AND no = -1",
    ],
    ["a device's head", `UPDATE use_device_chain SET through = through + 1`],
    ["a device's head taken away", 'DELETE FROM use_device_chain'],
  ];

  it('shows: each of them, and nothing when it is put back', async () => {
    expect(await world.faults()).toEqual([]);
    const unseen: string[] = [];
    const rollBack = new Error('put back');
    for (const [name, ...statements] of tamperings) {
      await withTransaction(world.test.owner, async (tx) => {
        for (const statement of statements) await tx.query(statement);
        // Without sealing: the same eyes, on the tampered rows of this transaction.
        const db = { ...world.test.db, query: tx.query };
        const silent: Anchors = { ...world.anchors, add: () => Promise.resolve() };
        const seen = await verifyLog(
          { db, now: world.region.now, anchors: silent },
          '2026-10-01',
          '2026-12-31',
        );
        if (faultsOf(seen).length === 0) unseen.push(name);
        throw rollBack;
      }).catch((error: unknown) => {
        if (error !== rollBack) throw error;
      });
    }
    expect(unseen).toEqual([]);
    console.log(`${tamperings.length} tamperings by the owner, ${unseen.length} not seen`);
    expect(await world.faults()).toEqual([]);
  }, 60_000);

  it('shows for good when the last rows were cut off and the log went on', async () => {
    const lateAt = Date.parse('2026-12-05T08:00:00Z');
    const later = { now: () => new Date('2026-12-05T09:00:00Z') };
    const sealLater = () => createSealer(world.test.db, world.anchors, later.now).seal();
    await world.write(anEntry({ atMs: lateAt, register: 'social' }));
    await sealLater();
    await world.test.owner.query('DELETE FROM use_entry_2026_12');
    await world.test.owner.query("DELETE FROM use_block WHERE month = '2026-12'");
    await world.write(anEntry({ atMs: lateAt + 1, register: 'social' }));
    await sealLater();
    const { problems } = await verifyLog(
      { db: world.test.db, now: later.now, anchors: world.anchors },
      '2026-12-01',
      '2026-12-31',
    );
    expect(problems.map(({ code }) => code)).toContain('block-missing');
  });
});

describe('forgetting', () => {
  it('takes whole months after twelve years, and chains begin after them', async () => {
    const device = await world.device();
    await device.send([device.next(), device.next()]);
    const later = () => new Date('2027-02-03T08:00:00Z');
    const third = [device.next({ atMs: later().getTime() })];
    // Past the session, which has run out by then.
    const taken = await takeInUseLog(
      { db: world.test.db, now: later, random: (length) => randomBytes(length) },
      device.session,
      { protocol: protocolVersion, entries: third, signature: device.signed(third), openings: [] },
    );
    expect(taken).toMatchObject({ value: { through: 3 } });
    await createSealer(world.test.db, world.anchors, later).seal();
    expect(await forgetOldUse(world.test.owner, new Date('2039-01-01T00:00:00Z'))).toEqual([
      '2026-11',
      '2026-12',
    ]);
    expect(
      await world.test.owner.query(
        'SELECT forgotten_through AS n FROM use_device_chain WHERE device_id = $1',
        [device.id],
      ),
    ).toEqual([{ n: 2 }]);
    const after = await verifyLog(
      { db: world.test.db, now: later, anchors: world.anchors },
      '2026-11-01',
      '2027-03-31',
    );
    expect(after.problems).toEqual([]);
    expect(after.checkedEntries).toBe(1);
    await expect(forgetOldUse(world.test.db, new Date('2050-01-01T00:00:00Z'))).rejects.toThrow(
      /must be owner|permission denied/,
    );
  });
});
