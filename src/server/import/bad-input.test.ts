import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeSchema } from '#shared/domain/change.ts';
import {
  bundleOf,
  importFolder,
  importInto,
  mapResources,
  sampleResources,
  storedChanges,
  type ImportFolder,
} from '../../../tests/region/import.ts';
import { testDatabase, type TestDatabase } from '../../../tests/region/test-database.ts';
import { valueProblem } from '../region/syncing/check-change.ts';
import { exitCodeOf, summaryText } from './report.ts';

type Json = { readonly [name: string]: unknown };

let region: TestDatabase;
let files: ImportFolder;
beforeAll(async () => {
  region = await testDatabase(4);
  files = await importFolder();
});
afterAll(async () => {
  await region.close();
  await files.remove();
});

const good: Json = {
  resourceType: 'Patient',
  id: 'hyva',
  name: [{ family: 'Koivu' }],
};

describe('a file that cannot be read or does not fit is named, and the others go in', () => {
  test.each<readonly [string, unknown, string]>([
    ['empty.json', '', 'not-json'],
    ['cut.json', '{"resourceType":"Bundle","entry":[', 'not-json'],
    ['deep.json', '['.repeat(10_000) + ']'.repeat(10_000), 'not-json'],
    ['latin1.json', Buffer.from('{"resourceType":"Pätient"}', 'latin1'), 'not-json'],
    ['twice.json', '{"resourceType":"Patient","id":"a","id":"b"}', 'not-json'],
    ['number.json', '17', 'not-fhir'],
    ['list.json', [], 'not-fhir'],
    ['untyped.json', { id: 'a' }, 'not-fhir'],
    ['entry.json', { resourceType: 'Bundle', type: 'collection', entry: {} }, 'structure'],
    ['null.json', { resourceType: 'Bundle', type: 'collection', entry: [null] }, 'not-fhir'],
    ['alone.json', { ...sampleResources()[4] }, 'no-patient'],
    ['large.json', Buffer.alloc(50 * 2 ** 20, 0x20), 'too-large'],
  ])('%s', async (name, content, code) => {
    const bad = await files.write(name, content);
    const fine = await files.write('good.json', good);
    const summary = await importInto(region.db, [bad, fine]);
    expect(summary.problems).toMatchObject([{ file: bad, code }]);
    expect(summary.clients.new + summary.clients.unchanged).toBe(1);
    expect(exitCodeOf(summary)).toBe(2);
    expect(summaryText(summary)).toContain(bad);
  });

  test('nothing at all: exit code 1', async () => {
    const empty = path.join(files.folder, 'empty');
    await mkdir(empty);
    const summary = await importInto(region.db, [empty, path.join(files.folder, 'nowhere')]);
    expect(summary.problems.map(({ reason }) => reason)).toStrictEqual([
      'holds no .json or .ndjson files',
      'is not there',
    ]);
    expect(exitCodeOf(summary)).toBe(1);
  });

  test('a bad line of many is named by its number', async () => {
    const line = JSON.stringify({ ...good, id: 'rivi' });
    const file = await files.write('lines.ndjson', `${line}\r\n\n{"resourceType":\n{"x":1}\n`);
    const summary = await importInto(region.db, [file]);
    expect(summary.problems.map(({ entry, code }) => [entry, code])).toStrictEqual([
      ['line 3', 'not-json'],
      ['line 4', 'not-fhir'],
    ]);
    expect(summary.clients.new).toBe(1);
  });

  test('a line of 50 MB is passed over without being held', async () => {
    const line = JSON.stringify({ ...good, id: 'pitka' });
    const long = Buffer.concat([Buffer.alloc(50 * 2 ** 20, 0x20), Buffer.from(`\n${line}`)]);
    const file = await files.write('long.ndjson', long);
    const summary = await importInto(region.db, [file]);
    expect(summary.problems).toMatchObject([{ entry: 'line 1', code: 'too-large' }]);
    expect(summary.clients.new).toBe(1);
  });

  test('the same bundle in two files goes in once', async () => {
    const bundle = bundleOf(...sampleResources());
    const paths = [await files.write('one.json', bundle), await files.write('two.json', bundle)];
    const summary = await importInto(region.db, paths);
    expect(summary).toMatchObject({
      clients: { new: 1 },
      resources: { read: 18, in: 9, refused: 0, leftOut: 9 },
      problems: [],
    });
    expect(new Set(summary.warnings.map(({ kind }) => kind)).has('duplicate')).toBe(true);
  });

  test('what a message repeats of the input cannot steer a terminal', async () => {
    const odd = { resourceType: 'Patient\u001B[2J\u202E', id: 'x\n\u0007' };
    const summary = await importInto(region.db, [await files.write('odd.json', odd)]);
    expect(summaryText(summary)).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F\u202E]/u);
  });
});

/** All places of a value: each can be taken away or replaced. */
const places = (value: unknown, at: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? [at, ...Object.entries(value).flatMap(([key, part]) => places(part, [...at, key]))]
    : [at];

const changedAt = (value: unknown, at: readonly string[], replace: unknown): unknown => {
  const [key, ...rest] = at;
  if (key === undefined) return replace;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, part]) => {
    if (name !== key) return [[name, part] as const];
    const next = changedAt(part, rest, replace);
    return next === undefined ? [] : [[name, next] as const];
  });
  return Array.isArray(value)
    ? entries.map(([, part]) => part as unknown)
    : Object.fromEntries(entries);
};

const replacement = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom<unknown>(null, '', ' ', 0, -1, 1e308, true, [], {}, [null], [[]], {
    reference: '#',
  }),
  fc.constantFrom(
    '\u0000',
    '\uD83D',
    '<img src=x onerror=alert(1)>',
    '\u202Eabc',
    'x'.repeat(101_000),
  ),
  fc.constantFrom(
    '9999-12-31',
    '0001-01-01',
    '2023-02-29',
    '2019',
    'Patient/p1',
    '#t2',
    'urn:uuid:x',
  ),
  fc.constantFrom(
    'active',
    'entered-in-error',
    'completed',
    'unknown',
    'Patient',
    'Goal',
    'Bundle',
  ),
  fc.string({ unit: 'binary' }),
  fc.jsonValue(),
);

const sample = sampleResources();
const allPlaces = places(sample).filter(({ length }) => length > 0);
const mutated = fc
  .array(fc.tuple(fc.nat({ max: allPlaces.length - 1 }), replacement), {
    minLength: 1,
    maxLength: 4,
  })
  .map((steps) =>
    steps.reduce<unknown>(
      (value, [place, by]) => changedAt(value, allPlaces[place] ?? [], by),
      sample,
    ),
  );

describe('a bundle with pieces taken away or replaced', () => {
  test('maps to valid records that hang together, or is named: never a throw', () => {
    fc.assert(
      fc.property(mutated, (value) => {
        const objects = (Array.isArray(value) ? value : []).filter(
          (one): one is Json => typeof one === 'object' && one !== null && !Array.isArray(one),
        );
        const { clients } = mapResources(objects);
        for (const { records } of clients) {
          const ids = new Set(records.map(({ id }) => id));
          expect(records.filter(({ kind }) => kind === 'client')).toHaveLength(1);
          expect(records.filter(({ kind }) => kind === 'plan')).toHaveLength(1);
          expect(ids.size).toBe(records.length);
          for (const { groups } of records) {
            const parent = groups['belonging']?.['needId'] ?? groups['belonging']?.['goalId'];
            if (parent !== undefined) expect([...ids]).toContain(parent);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('leaves whole clients in the region, and accounts for every resource', async () => {
    await fc.assert(
      fc.asyncProperty(mutated, async (value) => {
        const file = await files.write('mutated.json', {
          resourceType: 'Bundle',
          type: 'collection',
          entry: (Array.isArray(value) ? value : [value]).map((resource: unknown) => ({
            resource,
          })),
        });
        const { resources } = await importInto(region.db, [file]);
        expect(resources.in + resources.refused + resources.leftOut).toBe(resources.read);
      }),
      { numRuns: 25 },
    );
    const changes = await storedChanges(region.db);
    for (const change of changes) {
      expect(changeSchema.safeParse(change).success).toBe(true);
      expect(valueProblem(change)).toBeNull();
    }
    for (const [, all] of Map.groupBy(changes, ({ caseId }) => caseId)) {
      const kinds = new Set(all.map(({ kind }) => kind));
      expect(kinds.has('client') && kinds.has('plan')).toBe(true);
    }
  });
});
