import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changeSchema } from '#shared/domain/change.ts';
import { planIdOf } from '#shared/domain/ids.ts';
import { importInto, storedChanges } from '../../../tests/region/import.ts';
import { testDatabase, type TestDatabase } from '../../../tests/region/test-database.ts';
import { valueProblem } from '../region/syncing/check-change.ts';

/** Published data beside the project; where it is absent these tests say so and skip. */
const root = path.resolve(import.meta.dirname, '../../..');
const published = path.resolve(root, '../shared/data');
const synthea = path.join(published, 'synthea-r4');
const finnish = path.join(published, 'fhir-fi');
const examples = path.join(root, 'node_modules/hl7.fhir.r4.examples');

const isThere = (folder: string): boolean => {
  if (existsSync(folder)) return true;
  console.warn(`Skipped: ${path.relative(root, folder)} is not there.`);
  return false;
};

type Raw = {
  readonly resourceType: string;
  readonly id: string;
  readonly subject?: { readonly reference: string };
  readonly patient?: { readonly reference: string };
  readonly addresses?: readonly { readonly reference: string }[];
  readonly goal?: readonly unknown[];
  readonly activity?: readonly unknown[];
};

let region: TestDatabase;
beforeEach(async () => {
  region = await testDatabase(4);
});
afterEach(() => region.close());

const recordsByKind = async () => {
  const changes = await storedChanges(region.db);
  return {
    changes,
    count: (kind: string): number =>
      new Set(changes.filter((change) => change.kind === kind).map(({ recordId }) => recordId))
        .size,
    origins: (kind: string): readonly string[] =>
      changes
        .filter((change) => change.kind === kind && change.group === 'origin')
        .flatMap(({ value: { identifier } }) => (typeof identifier === 'string' ? identifier : [])),
  };
};

describe.skipIf(!isThere(synthea))('the 110 Synthea bundles', () => {
  let bundles: readonly (readonly Raw[])[];
  beforeAll(() => {
    bundles = readdirSync(synthea).map((file) => {
      const bundle = JSON.parse(readFileSync(path.join(synthea, file), 'utf8')) as {
        readonly entry: readonly { readonly resource: Raw }[];
      };
      return bundle.entry.map(({ resource }) => resource);
    });
  });
  afterAll(() => {
    bundles = [];
  });

  test('all go in, and what they hold is in the plans, counted apart from the import', async () => {
    const summary = await importInto(region.db, [synthea]);
    expect(summary.problems).toStrictEqual([]);

    const all = bundles.flat();
    const of = (type: string) => all.filter(({ resourceType }) => resourceType === type);
    const patients = of('Patient');
    const plans = of('CarePlan');
    const distinct = (type: string) => new Set(of(type).map(({ id }) => id)).size;
    const addressed = new Set(
      plans.flatMap(({ addresses }) =>
        (addresses ?? []).map(({ reference }) => reference.replace('urn:uuid:', '')),
      ),
    );
    const withMedicine = new Set(of('MedicationRequest').map(({ subject }) => subject?.reference));
    const withAllergy = new Set(of('AllergyIntolerance').map(({ patient }) => patient?.reference));
    const ownNeeds = of('Condition').filter(({ id }) => !addressed.has(id)).length;
    const activities = plans.reduce((sum, { activity }) => sum + (activity?.length ?? 0), 0);
    // Activities that name no goal stand under the only one, else under a goal of their own.
    const commonGoals = plans.filter(
      ({ goal, activity }) => (activity?.length ?? 0) > 0 && goal?.length !== 1,
    ).length;

    expect(summary.clients).toStrictEqual({ new: patients.length, changed: 0, unchanged: 0 });
    const shared = ['Practitioner', 'Organization'];
    const repeated = shared.reduce((sum, type) => sum + of(type).length - distinct(type), 0);
    expect(summary.resources).toStrictEqual({
      read: all.length,
      in: all.length - repeated,
      refused: 0,
      leftOut: repeated,
    });
    expect(summary.people).toBe(distinct('Practitioner'));
    expect(summary.units).toBe(distinct('Organization'));

    const stored = await recordsByKind();
    expect(stored.count('client')).toBe(patients.length);
    expect(stored.count('plan')).toBe(patients.length);
    expect(stored.count('need')).toBe(
      plans.length + ownNeeds + withMedicine.size + withAllergy.size,
    );
    expect(stored.count('goal')).toBe(of('Goal').length + commonGoals + withMedicine.size);
    expect(stored.count('action')).toBe(activities + of('MedicationRequest').length);
    expect(stored.count('membership')).toBe(
      bundles.reduce(
        (sum, one) => sum + one.filter((r) => r.resourceType === 'Practitioner').length,
        0,
      ),
    );
    // Each source plan is recognisable in the one plan.
    const labels = new Set(stored.origins('need'));
    expect(plans.filter(({ id }) => !labels.has(`CarePlan/${id}`))).toStrictEqual([]);
    const goals = new Set(stored.origins('goal'));
    expect(of('Goal').filter(({ id }) => !goals.has(`Goal/${id}`))).toStrictEqual([]);

    for (const change of stored.changes) {
      expect(changeSchema.safeParse(change).success).toBe(true);
      expect(valueProblem(change)).toBeNull();
      if (change.kind === 'plan') expect(change.recordId).toBe(planIdOf(change.caseId));
    }

    const again = await importInto(region.db, [synthea]);
    expect(again.clients).toStrictEqual({ new: 0, changed: 0, unchanged: patients.length });
    expect(again).toMatchObject({ changes: 0, records: 0, problems: [] });
    expect((await recordsByKind()).changes).toStrictEqual(stored.changes);
  });

  test('no national id of another country becomes anything here', async () => {
    const [file = ''] = readdirSync(synthea);
    await importInto(region.db, [path.join(synthea, file)]);
    const text = JSON.stringify(await storedChanges(region.db));
    expect(text).not.toMatch(/\b999-\d\d-\d{4}\b/u);
    expect(text).toContain('"personalIdentityCode":null');
  });
});

describe.skipIf(!isThere(finnish))('the Finnish patient', () => {
  test('goes in with a temporary id, because the code’s check character is wrong', async () => {
    const summary = await importInto(region.db, [finnish]);
    expect(summary).toMatchObject({
      resources: { read: 3, in: 3, refused: 0, leftOut: 0 },
      clients: { new: 1 },
      people: 1,
      units: 1,
      problems: [],
    });
    expect(summary.warnings.map(({ kind }) => kind)).toContain('identity-code-invalid');
    const { changes } = await recordsByKind();
    expect(changes.find(({ group }) => group === 'identity')?.value).toStrictEqual({
      familyName: 'van der Hentenryck',
      givenNames: 'Karen Erika',
      preferredName: 'Karen',
      personalIdentityCode: null,
      temporaryId: '250810A999Y',
      birthDate: '2010-08-25',
    });
  });
});

describe('HL7’s examples of CarePlan, Goal and Patient', () => {
  const files = readdirSync(examples)
    .filter((name) => /^(CarePlan|Goal|Patient)-/u.test(name))
    .map((name) => path.join(examples, name));

  test('each goes in or is named, one plan per patient', async () => {
    const summary = await importInto(region.db, files);
    const { read, in: taken, refused, leftOut } = summary.resources;
    expect(read).toBe(files.length);
    expect(taken + refused + leftOut).toBe(read);
    const named = new Set(summary.problems.map(({ file }) => path.basename(file)));
    // Their patients are not among the examples; the last is a dog.
    expect([...named].toSorted()).toStrictEqual([
      'CarePlan-gpvisit.json',
      'CarePlan-integrate.json',
      'CarePlan-preg.json',
      'Patient-animal.json',
    ]);
    expect(refused).toBe(named.size);
    const { count } = await recordsByKind();
    expect(count('client')).toBe(files.filter((file) => file.includes('Patient-')).length - 1);
    expect(count('plan')).toBe(count('client'));

    const again = await importInto(region.db, files);
    expect(again).toMatchObject({ changes: 0, records: 0, clients: { new: 0, changed: 0 } });
  });
});
