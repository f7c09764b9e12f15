import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { currentSchema, type Change } from '#shared/domain/change.ts';
import { planIdOf, type Id } from '#shared/domain/ids.ts';
import {
  bundleOf,
  importFolder,
  importInto,
  sampleResources,
  storedChanges,
} from '../../../tests/region/import.ts';
import type { ImportFolder } from '../../../tests/region/import.ts';
import { addPerson, testId } from '../../../tests/region/test-app.ts';
import { testDatabase, type TestDatabase } from '../../../tests/region/test-database.ts';
import { withTransaction } from '../db/pool.ts';
import { readTeams } from '../region/rights/team.ts';
import { storeOwnChanges } from '../region/syncing/store-changes.ts';
import { findTeam } from './import-team.ts';
import { importAuthor } from './store-client.ts';

let region: TestDatabase;
let files: ImportFolder;
beforeEach(async () => {
  region = await testDatabase(4);
  files = await importFolder();
});
afterEach(async () => {
  await region.close();
  await files.remove();
});

type Json = { readonly [name: string]: unknown };
/** The sample with one resource changed at its source. */
const sampleWith = (id: string, more: Json): Json =>
  bundleOf(...sampleResources().map((one) => (one['id'] === id ? { ...one, ...more } : one)));

const heads = async (): Promise<readonly Change[]> => {
  const all = await storedChanges(region.db);
  const replaced = new Set(all.flatMap(({ parents }) => parents));
  return all.filter(({ id }) => !replaced.has(id));
};
const goalHeads = async (): Promise<readonly Change[]> => {
  const now = await heads();
  const goal = now.find(({ value }) => value['identifier'] === 'Goal/t1');
  return now.filter(({ recordId, group }) => recordId === goal?.recordId && group === 'statement');
};

/** A person of the region writes over a head. */
const edit = async (head: Change, value: Change['value'], group = head.group): Promise<void> => {
  const parents = group === head.group ? [head.id] : [];
  const change = {
    ...head,
    id: testId(),
    group,
    value,
    parents,
    authorId: testId(),
    schema: currentSchema,
  };
  await withTransaction(region.db, (tx) => storeOwnChanges(tx, [change], new Date()));
};

const sample = () => files.write('asiakas.json', bundleOf(...sampleResources()));

describe('the same source again', () => {
  test('writes nothing when nothing is new, whatever order its resources come in', async () => {
    const file = await sample();
    const first = await importInto(region.db, [file]);
    expect(first).toMatchObject({ clients: { new: 1 }, problems: [] });
    const before = await storedChanges(region.db);
    await files.write('asiakas.json', bundleOf(...sampleResources().toReversed()));
    const again = await importInto(region.db, [file]);
    expect(again).toMatchObject({ clients: { unchanged: 1 }, changes: 0, records: 0 });
    expect(await storedChanges(region.db)).toStrictEqual(before);
  });

  test('news at the source follow on what the import wrote: no conflict', async () => {
    const file = await sample();
    await importInto(region.db, [file]);
    const [before] = await goalHeads();
    await files.write(
      'asiakas.json',
      sampleWith('t1', { description: { text: 'Torille kävellen' } }),
    );
    const again = await importInto(region.db, [file]);
    expect(again).toMatchObject({ clients: { changed: 1 }, records: 0, changes: 2 });
    const now = await goalHeads();
    expect(now).toHaveLength(1);
    expect(now[0]).toMatchObject({ parents: [before?.id], value: { title: 'Torille kävellen' } });
  });

  test('what a person has written here since stays, and is told when the source has news', async () => {
    const file = await sample();
    await importInto(region.db, [file]);
    const [head] = await goalHeads();
    if (!head) throw new Error('no goal');
    await edit(head, { ...head.value, title: 'Kirjastoon kävellen' });

    const quiet = await importInto(region.db, [file]);
    expect(quiet).toMatchObject({ clients: { unchanged: 1 }, changes: 0 });
    expect(quiet.warnings.filter(({ kind }) => kind === 'kept-edited-here')).toStrictEqual([]);

    await files.write(
      'asiakas.json',
      sampleWith('t1', { description: { text: 'Torille kävellen' } }),
    );
    const news = await importInto(region.db, [file]);
    expect(news.warnings).toContainEqual(
      expect.objectContaining({ kind: 'kept-edited-here', entry: 'entry 5 (Goal/t1)' }),
    );
    expect((await goalHeads()).map(({ value }) => value['title'])).toStrictEqual([
      'Kirjastoon kävellen',
    ]);
  });

  test('what was removed here stays removed', async () => {
    const file = await sample();
    await importInto(region.db, [file]);
    const [head] = await goalHeads();
    if (!head) throw new Error('no goal');
    await edit(
      head,
      { state: 'removed', reason: 'Ei ajankohtainen', covers: [head.id] },
      'existence',
    );
    await files.write(
      'asiakas.json',
      sampleWith('t1', { description: { text: 'Torille kävellen' } }),
    );
    const news = await importInto(region.db, [file]);
    expect(news.warnings.map(({ kind }) => kind)).toContain('removed-here');
    expect(await goalHeads()).toStrictEqual([head]);
  });

  test('a new row stands after the rows that are there, in their order', async () => {
    const file = await sample();
    await importInto(region.db, [file]);
    const extra = { ...sampleResources()[6], id: 's3', code: { text: 'Yskä' } };
    await files.write('asiakas.json', bundleOf(...sampleResources(), extra));
    await importInto(region.db, [file]);
    const now = await heads();
    const rows = now
      .filter(({ kind, group }) => kind === 'need' && group === 'order')
      .map(({ recordId, value }) => ({
        key: value['key'] as string,
        title: now.find((one) => one.recordId === recordId && one.group === 'heading')?.value[
          'title'
        ],
      }))
      .toSorted((a, b) => (a.key < b.key ? -1 : 1));
    expect(rows.map(({ title }) => title)).toStrictEqual([
      'Kotikuntoutus',
      'Lääkitys',
      'Allergiat ja yliherkkyydet',
      'Flunssa',
      'Yskä',
    ]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });
});

describe('clients', () => {
  test('one person in several files is one client, also line by line', async () => {
    const [patient, ...others] = sampleResources();
    const paths = [
      await files.write('b-patient.json', patient ?? {}),
      await files.write('a-others.ndjson', others.map((one) => JSON.stringify(one)).join('\n')),
    ];
    const summary = await importInto(region.db, paths);
    expect(summary).toMatchObject({
      clients: { new: 1 },
      resources: { read: 9, in: 9 },
      problems: [],
    });
  });

  test('a client whom the region knows by the personal identity code gets the plan’s branches', async () => {
    const caseId: Id = testId();
    const identity: Change = {
      id: testId(),
      recordId: caseId,
      kind: 'client',
      caseId,
      compartment: 'joint/plan',
      group: 'identity',
      value: {
        familyName: 'Koivu',
        givenNames: 'Aino',
        preferredName: '',
        personalIdentityCode: '010190-900P',
        temporaryId: null,
        birthDate: null,
      },
      parents: [],
      authorId: testId(),
      profession: 'nurse',
      taskClass: 'broad-health',
      time: '000000000001-0000',
      schema: currentSchema,
    };
    await withTransaction(region.db, (tx) => storeOwnChanges(tx, [identity], new Date()));
    const summary = await importInto(region.db, [await sample()]);
    expect(summary).toMatchObject({ clients: { new: 0, changed: 1 }, problems: [] });
    expect(summary.warnings.map(({ kind }) => kind)).toContain('kept-edited-here');
    const now = await heads();
    expect(new Set(now.map((change) => change.caseId))).toStrictEqual(new Set([caseId]));
    expect(now.find(({ kind }) => kind === 'plan')?.recordId).toBe(planIdOf(caseId));
    expect(now.find(({ group }) => group === 'identity')).toStrictEqual(identity);
  });

  test('another person under an id that was imported before is refused, whole', async () => {
    const patient = { resourceType: 'Patient', id: '1', birthDate: '1990-01-01' };
    const file = await files.write('p.json', {
      ...patient,
      name: [{ family: 'Koivu', given: ['Aino'] }],
    });
    await importInto(region.db, [file]);
    const before = await storedChanges(region.db);
    await files.write('p.json', {
      ...patient,
      birthDate: '1950-03-04',
      name: [{ family: 'Mänty', given: ['Eero'] }],
    });
    const summary = await importInto(region.db, [file]);
    expect(summary.problems).toMatchObject([{ code: 'same-id' }]);
    expect(await storedChanges(region.db)).toStrictEqual(before);
  });

  test('the team that is named sees the client; the first keeps the plan together', async () => {
    const aino = await addPerson(region.db, 'aino');
    const ville = await addPerson(region.db, 'ville');
    const team = await findTeam(region.db, ['AINO', 'ville', 'aino']);
    if (!team.ok) throw new Error('no team');
    await importInto(region.db, [await sample()], { team: team.value });
    const [caseId = ''] = (await heads()).map((change) => change.caseId);
    const members = (await readTeams(region.db, [caseId])).get(caseId) ?? [];
    const roles = new Map(members.map(({ personId, role }) => [personId, role]));
    expect([roles.get(aino.personId), roles.get(ville.personId)]).toStrictEqual([
      'custodian',
      'participant',
    ]);
    const custodian = (await heads()).find(({ group }) => group === 'custodian');
    expect(custodian?.value).toStrictEqual({ personId: aino.personId });
    expect(await findTeam(region.db, ['aino', 'ei.ketaan'])).toStrictEqual({
      ok: false,
      error: ['ei.ketaan'],
    });
  });

  test('nobody signs in as the import or as an imported professional', async () => {
    await importInto(region.db, [await sample()]);
    const people = await region.db.query<{ id: Id; active: boolean }>(
      'SELECT id, active FROM person',
    );
    expect(people.map(({ id }) => id)).toContain(importAuthor.id);
    expect(people.filter(({ active }) => active)).toStrictEqual([]);
  });

  test('a stop takes effect between clients and leaves whole ones', async () => {
    const patients = Array.from({ length: 5 }, (_, index) => ({
      resourceType: 'Patient',
      id: `p${index}`,
      name: [{ family: `Koivu${index}` }],
    }));
    const ending = new AbortController();
    const summary = await importInto(
      region.db,
      [await files.write('p.json', bundleOf(...patients))],
      {
        until: ending.signal,
        onProgress: ({ clients }) => {
          if (clients === 2) ending.abort();
        },
      },
    );
    expect(summary).toMatchObject({ stopped: true, clients: { new: 2 } });
    const cases = Map.groupBy(await storedChanges(region.db), ({ caseId }) => caseId);
    expect([...cases.values()].map(({ length }) => length)).toStrictEqual([12, 12]);
  });
});
