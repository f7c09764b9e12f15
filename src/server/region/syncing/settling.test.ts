import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '#shared/domain/change.ts';
import { testId } from '../../../../tests/region/test-app.ts';
import { wordOf } from '../../../../tests/region/wire-device.ts';
import {
  startRightsWorld,
  stored,
  type Desk,
  type RightsWorld,
} from '../../../../tests/region/rights-world.ts';

let world: RightsWorld;
beforeAll(async () => {
  world = await startRightsWorld();
});
afterAll(() => world.end());

const words = async (desk: Desk, ...changes: readonly Change[]) =>
  (await desk.push(...changes)).map(wordOf);

const medicine = (name: string) => ({ name, purpose: '', use: '' });
const compartment = 'patient/home-nursing';

/** A medicine that two have written apart. */
const twoVersions = async (names: readonly [string, string]) => {
  const client = await world.client();
  const [doctor, carer] = [await world.desk('doctor'), await world.desk('home-care-nurse')];
  await client.letIn(doctor);
  await client.letIn(carer);
  const place = { caseId: client.caseId, recordId: testId(), kind: 'medication', compartment };
  const write = (desk: Desk, name: string, parents: readonly Change[] = []) =>
    desk.change({
      ...place,
      group: 'medicine',
      value: medicine(name),
      parents: parents.map(({ id }) => id),
    });
  const first = write(doctor, 'Ensimmäinen');
  await stored(doctor, first);
  const versions = [write(doctor, names[0], [first]), write(carer, names[1], [first])] as const;
  await stored(doctor, versions[0]);
  await stored(carer, versions[1]);
  return { client, doctor, carer, versions, write };
};

describe('S4 settling what a task class answers for', () => {
  it('S4 is refused to others, who still write it, and stored for those who answer', async () => {
    const { doctor, carer, versions, write } = await twoVersions(['Aamuisin', 'Iltaisin']);
    expect(await words(carer, write(carer, 'Kahdesti', versions))).toEqual(['read-only']);
    const settled = write(doctor, 'Aamuisin ja iltaisin', versions);
    expect(await words(doctor, settled)).toEqual(['stored']);
    expect(await words(carer, write(carer, 'Aamuisin dosetista', [settled]))).toEqual(['stored']);
  });

  it('S4 M2 versions that say the same are anybody’s to go on from', async () => {
    const { carer, versions, write } = await twoVersions(['Aamuisin', 'Aamuisin']);
    expect(await words(carer, write(carer, 'Iltaisin', versions))).toEqual(['stored']);
  });

  it('S4 counts versions that come in the same batch', async () => {
    const { carer, versions, write } = await twoVersions(['Aamuisin', 'Aamuisin']);
    const own = write(carer, 'Iltaisin', [versions[1]]);
    const both = write(carer, 'Kahdesti', [versions[0], own]);
    expect(await words(carer, own, both)).toEqual(['stored', 'read-only']);
  });

  it('S4 a task that has ended settles nothing', async () => {
    const { client, versions, write } = await twoVersions(['Aamuisin', 'Iltaisin']);
    const task = (profession: string, taskClass: string, validTo: string | null) => ({
      unitId: null,
      profession,
      taskClass,
      services: [compartment],
      round: false,
      validFrom: '2020-01-01',
      validTo,
    });
    const nurse = await world.desk('nurse', {
      tasks: [
        task('nurse', 'broad-health', '2021-01-01'),
        task('home-care-nurse', 'limited-health', null),
      ],
    });
    await client.letIn(nurse);
    expect(await words(nurse, write(nurse, 'Kahdesti', versions))).toEqual(['read-only']);
  });

  it('U8 U4 lies in the patient register alone, and is closed to the other register', async () => {
    const client = await world.client();
    const doctor = await world.desk('doctor');
    await client.letIn(doctor);
    const at = (desk: Desk, where: string) =>
      desk.change({
        caseId: client.caseId,
        recordId: testId(),
        kind: 'diagnosis',
        group: 'diagnosis',
        compartment: where,
        value: { name: 'Verenpainetauti', code: 'I10', since: null },
      });
    expect(await words(doctor, at(doctor, 'joint/plan'), at(doctor, 'patient/outpatient'))).toEqual(
      ['bad-change', 'stored'],
    );
    const { custodian } = client;
    expect(await words(custodian, at(custodian, 'patient/outpatient'))).toEqual(['no-access']);
  });
});
