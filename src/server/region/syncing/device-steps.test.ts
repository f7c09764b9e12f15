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
const after = (steps: Steps): Step => stepAfter(steps, mark()).step;
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
    expect(await ask(after(stepAnswered(first)))).toBe('ok');
    const [row] = await test.db.query<{ replaced: boolean }>(
      'SELECT replaced_at IS NOT NULL AS replaced FROM device WHERE id = $1',
      [device.id],
    );
    expect(row?.replaced).toBe(false);
  });

  it('I2 a region that went back to a backup takes the next step of a device that went on', async () => {
    await freshDevice();
    const first = after(noSteps);
    expect(await ask(first)).toBe('ok');
    const lost = after(stepAnswered(first));
    // As if the region had never seen the step that was answered after the first.
    expect(await ask(after(stepAnswered(lost)))).toBe('ok');
    expect(await ask(after(stepAnswered(first)))).toBe('device-copied');
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
    const sound = after(noSteps);
    for (const bad of [
      { ...sound, mark: '' },
      { ...sound, number: 0 },
      { ...sound, answered: -1 },
      { ...sound, after: ['x'] },
      { ...sound, after: Array.from({ length: 40 }, mark) },
    ]) {
      expect(await ask(bad)).toBe('bad-request');
    }
  });
});
