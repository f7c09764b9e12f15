import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyChain } from '#shared/domain/use-log/chain.ts';
import { testId } from '../../../../tests/region/test-app.ts';
import { useLogWorld, type UseLogWorld } from '../../../../tests/region/use-log-world.ts';

let world: UseLogWorld;
beforeAll(async () => {
  world = await useLogWorld();
});
afterAll(() => world.close());

describe('taking in', () => {
  it('goes on where it stands; a repeat is harmless', async () => {
    const device = await world.device();
    const first = [device.next(), device.next({ register: 'social' })];
    expect(await device.send(first)).toEqual({
      status: 200,
      body: { through: 2, hash: first[1]?.hash, openings: [] },
    });
    const more = [...first, device.next()];
    expect((await device.send(more)).body.through).toBe(3);
    expect((await device.send(more)).body.through).toBe(3);
    expect((await device.send([])).body).toMatchObject({ through: 3, hash: more[2]?.hash });
    expect(
      await world.test.owner.query(
        'SELECT count(*) AS n FROM use_entry WHERE device_id = $1 AND device_no IS NOT NULL',
        [device.id],
      ),
    ).toEqual([{ n: 3 }]);
    expect(await world.alarms(device.id)).toEqual([]);
  });

  it('answers a gap and a fork with what is held, and keeps the other entry as evidence', async () => {
    const device = await world.device();
    const first = [device.next(), device.next()];
    await device.send(first);
    const held = device.head();
    device.next();
    expect((await device.send([device.next()])).body).toMatchObject(held);
    // A copied disk: another second entry, and what follows on it.
    const [one] = first;
    device.from({ through: 1, hash: one?.hash ?? '' });
    const copies = [device.next({ action: 'print' }), device.next()];
    expect((await device.send(copies)).body).toMatchObject(held);
    expect((await device.send(copies)).body).toMatchObject(held);
    expect(await world.alarms(device.id)).toEqual([{ code: 'fork', no: 2 }]);
    // It goes on from what is held, with the same looks.
    device.from(held);
    const again = copies.map(({ entry: look }) => device.next(look));
    expect((await device.send(again)).body).toMatchObject({ through: 4, hash: again[1]?.hash });
  });

  it('refuses what no sound device sends', async () => {
    const device = await world.device();
    const good = device.next();
    expect((await device.send([good], 'x'.repeat(86))).status).toBe(422);
    expect(
      (await device.send([{ ...good, entry: { ...good.entry, action: 'print' } }])).status,
    ).toBe(422);
    device.from(emptyChain);
    expect((await device.send([device.next({ personId: testId() })])).status).toBe(422);
    device.from(emptyChain);
    expect((await device.send([device.next({ deviceId: testId() })])).status).toBe(422);
    expect((await world.alarms(device.id)).map(({ code }) => code).toSorted()).toEqual([
      'altered',
      'bad-signature',
      'not-own',
      'not-own',
    ]);
    expect((await device.send([good])).body.through).toBe(1);
  });

  it('keeps looks by the clock of 1970 and of 2099, in the month of their arrival', async () => {
    const device = await world.device();
    const days = [0, Date.parse('2099-01-01T00:00:00Z'), -1, Number.MAX_SAFE_INTEGER];
    const sent = days.map((atMs) => device.next({ atMs }));
    expect((await device.send(sent)).status).toBe(200);
    const rows = await world.test.owner.query<{ said: number; month: string }>(
      `SELECT written_ms AS said, to_char(at, 'YYYY-MM') AS month FROM use_entry
       WHERE device_id = $1 AND device_no IS NOT NULL ORDER BY device_no`,
      [device.id],
    );
    expect(rows).toEqual(days.map((said) => ({ said, month: '2026-11' })));
  });
});
