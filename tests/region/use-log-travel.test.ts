import { randomBytes } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Id } from '#shared/domain/ids.ts';
import { chainStart } from '#shared/domain/use-log/chain.ts';
import { newDeviceKey, signerOf } from '#main/core/session/device-key.ts';
import { httpRegionClient } from '#main/core/syncing/http-region-client.ts';
import type { RegionClient } from '#main/core/syncing/region-client.ts';
import { noteUse } from '#main/core/use/note-use.ts';
import { sendUseLog } from '#main/core/use/send-use-log.ts';
import { aLook, newUseDesk, openUseDesk, type UseDesk } from '#main/core/use/testing/use-desk.ts';
import { withTransaction as atCaseFile } from '#main/db/handles.ts';
import { writeState } from '#main/db/queries/sync-state.ts';
import { forgetHeldUses, unsentUses } from '#main/db/queries/use-log.ts';
import { valueOf } from '#main/db/testing/case-file-fixture.ts';
import { openAnchors } from '#server/region/use-log/anchors.ts';
import { verifyLog } from '#server/region/use-log/verify-log.ts';
import { addPerson, signInAs, testApp, testId, type TestApp } from './test-app.ts';
import { testDatabase, type TestDatabase } from './test-database.ts';

let test: TestDatabase;
let app: TestApp;
let region: RegionClient;
const folders: string[] = [];

const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'punos-use-'));
  folders.push(folder);
  return folder;
};

beforeAll(async () => {
  test = await testDatabase();
  app = await testApp(test.db, { anchors: openAnchors(await newFolder()) });
  region = httpRegionClient(await app.app.listen({ port: 0, host: '127.0.0.1' }));
});
afterAll(async () => {
  await app.app.close();
  await test.close();
  for (const folder of folders) await rm(folder, { recursive: true });
});

type Travelling = UseDesk & {
  readonly token: string;
  readonly look: (count?: number) => void;
  readonly send: (by?: Pick<RegionClient, 'uploadUseLog'>) => ReturnType<typeof sendUseLog>;
  /** The looks of the device that the region has, in the order of the chain. */
  readonly held: () => Promise<readonly Id[]>;
  /** Everything ever noted here, by the entries' own ids. */
  readonly noted: () => readonly Id[];
};

const travelling = async (opened?: (sign: (text: string) => string) => Promise<UseDesk>) => {
  const person = await addPerson(test.db, `matka-${randomBytes(4).toString('hex')}`);
  const key = newDeviceKey();
  const deviceId = testId();
  const signedIn = await signInAs(app, person, {
    id: deviceId,
    publicKey: key.publicKey,
    name: 'Koekone',
  });
  const { token } = signedIn.json<{ token: string }>();
  const sign = signerOf(key.privateKey);
  const made = opened
    ? await opened(sign)
    : await newUseDesk(await newFolder(), { personId: person.personId, deviceId, sign });
  return { ...withTools(made, token), sign, personId: person.personId };
};

const withTools = (made: UseDesk, token: string): Travelling => {
  const { desk } = made;
  const noted: Id[] = [];
  return {
    ...made,
    token,
    noted: () => noted,
    look: (count = 1) => {
      for (let one = 0; one < count; one += 1) valueOf(noteUse(desk, [aLook()]));
      const rows = desk.db.all<{ body: string }>(
        'SELECT body FROM use_log ORDER BY no DESC LIMIT ?',
        [count],
      );
      noted.push(...rows.map(({ body }) => (JSON.parse(body) as { id: Id }).id).toReversed());
    },
    send: (by = region) => sendUseLog(desk, by, token),
    held: async () => {
      const rows = await test.owner.query<{ id: Id }>(
        `SELECT body::jsonb ->> 'id' AS id FROM use_entry
         WHERE device_id = $1 AND device_no IS NOT NULL ORDER BY device_no`,
        [desk.deviceId],
      );
      return rows.map(({ id }) => id);
    },
  };
};

const restoreTo = async (deviceId: Id, through: number): Promise<void> => {
  const [last] = await test.owner.query<{ hash: string }>(
    'SELECT device_hash AS hash FROM use_entry WHERE device_id = $1 AND device_no = $2',
    [deviceId, through],
  );
  await test.owner.query(
    'DELETE FROM use_unsealed WHERE id IN (SELECT id FROM use_entry WHERE device_id = $1 AND device_no > $2)',
    [deviceId, through],
  );
  await test.owner.query('DELETE FROM use_entry WHERE device_id = $1 AND device_no > $2', [
    deviceId,
    through,
  ]);
  await test.owner.query(
    'UPDATE use_device_chain SET through = $2, hash = $3 WHERE device_id = $1',
    [deviceId, through, last?.hash ?? chainStart],
  );
};

const underEpoch = (desk: UseDesk['desk'], epoch: string): void => {
  valueOf(atCaseFile(desk.db, (db) => writeState(db, 'epoch', epoch)));
};

describe('A14: the log of a device', () => {
  it('goes to the region in batches, each look once, and stays here for thirty days', async () => {
    const device = await travelling();
    device.look(2_300);
    valueOf(await device.send());
    expect(await device.held()).toEqual(device.noted());
    expect(unsentUses(device.desk.db).count).toBe(0);
    expect(device.desk.db.value('SELECT count(*) FROM use_log')).toBe(2_300);
    const future = device.desk.now() + 31 * 86_400_000;
    valueOf(atCaseFile(device.desk.db, (db) => forgetHeldUses(db, future)));
    expect(device.desk.db.value('SELECT count(*) FROM use_log')).toBe(0);
    device.look(3);
    valueOf(await device.send());
    expect(await device.held()).toEqual(device.noted());
    device.file.close();
  });

  it('is sent again when the answer was lost, also when the program ended meanwhile', async () => {
    const device = await travelling();
    device.look(5);
    const deaf: Pick<RegionClient, 'uploadUseLog'> = {
      uploadUseLog: async (token, request) => {
        await region.uploadUseLog(token, request);
        return { ok: false, error: { kind: 'offline' } };
      },
    };
    expect((await device.send(deaf)).ok).toBe(false);
    device.look(2);
    valueOf(await device.send());
    expect(await device.held()).toEqual(device.noted());
    expect(
      await test.owner.query('SELECT code FROM use_alarm WHERE device_id = $1', [
        device.desk.deviceId,
      ]),
    ).toEqual([]);
    device.file.close();
  });

  it('comes back to a restored region, by itself, under the new epoch', async () => {
    const device = await travelling();
    underEpoch(device.desk, testId());
    device.look(6);
    valueOf(await device.send());
    await restoreTo(device.desk.deviceId, 2);
    // Nothing new to say and no new epoch: nobody asks.
    valueOf(await device.send());
    expect(await device.held()).toHaveLength(2);
    underEpoch(device.desk, testId());
    valueOf(await device.send());
    expect(await device.held()).toEqual(device.noted());
    await restoreTo(device.desk.deviceId, 0);
    underEpoch(device.desk, testId());
    valueOf(await device.send());
    expect(await device.held()).toEqual(device.noted());
    device.file.close();
  });

  it('comes back as far as it is still here, when more was lost than that', async () => {
    const device = await travelling();
    device.look(4);
    valueOf(await device.send());
    device.desk.db.run('DELETE FROM use_log WHERE no <= 2');
    await restoreTo(device.desk.deviceId, 1);
    device.look(1);
    valueOf(await device.send());
    const noted = device.noted();
    expect(await device.held()).toEqual([noted[0], ...noted.slice(2)]);
    device.file.close();
  });

  it('I2 of a copied disk is taken from one; the other keeps its looks until it is a device of its own', async () => {
    const device = await travelling();
    device.look(3);
    valueOf(await device.send());
    device.file.close();
    const folder = await newFolder();
    for (const name of ['oma.db', 'oma.key.json']) {
      copyFileSync(path.join(path.dirname(device.path), name), path.join(folder, name));
    }
    const whose = { personId: device.personId, deviceId: device.desk.deviceId, sign: device.sign };
    const first = withTools(await openUseDesk(device.path, whose), device.token);
    const copy = withTools(await openUseDesk(path.join(folder, 'oma.db'), whose), device.token);
    first.look(2);
    copy.look(4);
    valueOf(await first.send());
    // The first has gone on from where both stood: what the copy sends is not taken for the same chain.
    expect(await copy.send()).toMatchObject({
      ok: false,
      error: { kind: 'refused', code: 'device-copied' },
    });
    expect((await device.held()).toSorted()).toEqual(
      [...device.noted(), ...first.noted()].toSorted(),
    );
    expect(unsentUses(copy.desk.db).count).toBe(4);
    first.file.close();
    copy.file.close();
  });

  it('tells of emergencies without a network, and hears that the region has them', async () => {
    const device = await travelling();
    const now = app.now().getTime();
    const opening = {
      id: testId(),
      caseId: testId(),
      ground: 'vital-interest',
      reason: 'Kotikäynnillä tajuton',
      fromMs: now - 60_000,
      untilMs: now + 3_540_000,
      endedMs: null,
    };
    expect(valueOf(await sendUseLog(device.desk, region, device.token, [opening]))).toEqual([
      opening.id,
    ]);
    expect(
      await test.owner.query('SELECT offline FROM opening WHERE id = $1', [opening.id]),
    ).toEqual([{ offline: true }]);
    device.file.close();
  });

  it('is sound at the region after all of this, but for what was taken from it', async () => {
    const { problems } = await verifyLog(
      { db: test.db, now: app.now, anchors: openAnchors(await newFolder()) },
      '2026-11-01',
      '2026-11-30',
    );
    expect(problems.map(({ code }) => code).filter((code) => code !== 'alarm-fork')).toEqual([]);
  });
});
