import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noSteps, stepAfter, stepAnswered, type Steps } from '#shared/sync/steps.ts';
import type { Step } from '#shared/protocol/step.ts';
import type { Id } from '#shared/domain/ids.ts';
import { addPerson, testApp, testId, type TestApp } from '../../../../tests/region/test-app.ts';
import { testDatabase, type TestDatabase } from '../../../../tests/region/test-database.ts';
import { foundClient, wireDevice, type WireDevice } from '../../../../tests/region/wire-device.ts';

let test: TestDatabase;
let region: TestApp;
let device: WireDevice;
let caseId: Id;
beforeAll(async () => {
  test = await testDatabase();
  region = await testApp(test.db);
});
afterAll(async () => {
  await region.app.close();
  await test.close();
});

const freshDevice = async () => {
  device = await wireDevice(region, await addPerson(test.db, `desk.${testId()}`));
  ({ caseId } = await foundClient(device));
};

const post = async (url: string, payload: object) => {
  const answer = await region.app.inject({
    method: 'POST',
    url,
    headers: { authorization: `Bearer ${device.token}` },
    payload,
  });
  return answer.statusCode === 200 ? 'ok' : answer.json<{ code: string }>().code;
};

const ways = {
  push: (step?: Step, protocol = 3) =>
    post('/v1/push', { protocol, step, changes: [device.signed(device.change({ caseId }))] }),
  pull: (step?: Step, protocol = 3) =>
    post('/v1/pull', {
      protocol,
      step,
      begun: testId(),
      cursor: null,
      awaiting: [],
      erased: [],
      directoryRevision: 0,
    }),
  'use-log': (step?: Step, protocol = 3) =>
    post('/v1/use-log', { protocol, step, entries: [], signature: '', openings: [] }),
};

const mark = () => randomBytes(12).toString('base64url');
const after = (steps: Steps): Step => stepAfter(steps, { mark: mark(), through: 0 }).step;
const written = async () => {
  const [row] = await test.db.query<{ count: number }>(
    'SELECT count(*) AS count FROM change_log WHERE device_id = $1',
    [device.id],
  );
  return row?.count;
};

describe.each(Object.entries(ways))('the steps of a device, at %s', (_way, ask) => {
  it('I2 a step that follows is taken, once more too; one that does not is refused and does nothing', async () => {
    await freshDevice();
    const first = after(noSteps);
    expect(await ask(first)).toBe('ok');
    expect(await ask(first)).toBe('ok');
    const held = await written();
    expect(await ask(after(noSteps))).toBe('device-copied');
    expect(await written()).toBe(held);
    // It cost the device nothing: its own next step follows as before.
    expect(await ask(after(stepAnswered(first.mark)))).toBe('ok');
    const [row] = await test.db.query<{ replaced: boolean }>(
      'SELECT replaced_at IS NOT NULL AS replaced FROM device WHERE id = $1',
      [device.id],
    );
    expect(row?.replaced).toBe(false);
  });

  it('I2 under another epoch a step is taken whatever it names', async () => {
    await freshDevice();
    expect(await ask(after(noSteps))).toBe('ok');
    await test.owner.query('UPDATE region_state SET epoch = $1', [testId()]);
    const lost = after(stepAnswered(mark()));
    expect(await ask(lost)).toBe('ok');
    expect(await ask(after(noSteps))).toBe('device-copied');
  });

  it('I4 a device that was replaced is refused, with steps or without', async () => {
    await freshDevice();
    await test.db.query('UPDATE device SET replaced_at = $2 WHERE id = $1', [
      device.id,
      region.now(),
    ]);
    expect(await ask(after(noSteps))).toBe('device-copied');
    expect(await ask()).toBe('device-copied');
  });

  it('I7 a device of version 2 has no steps and is served', async () => {
    await freshDevice();
    expect([await ask(undefined, 2), await ask(undefined, 2)]).toEqual(['ok', 'ok']);
  });

  it('I1 a step that is none is refused as bad input', async () => {
    await freshDevice();
    for (const bad of [
      { mark: '', after: [], through: 0 },
      { mark: mark(), after: ['x'], through: 0 },
      { mark: mark(), after: Array.from({ length: 40 }, mark), through: 0 },
    ]) {
      expect(await ask(bad)).toBe('bad-request');
    }
  });
});
