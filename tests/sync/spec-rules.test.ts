import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** Rules whose tests wait for a part that is still being built; when they stand, they go from here. */
const pending: { readonly [rule: string]: string } = {};

/** The title of a test or of a group of tests, also of a table of them. */
const titles = /(?:\b(?:test|it|describe)(?:\.\w+)*|\))\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1\s*,/gu;

/** `scenario 3` or `scenarios 1 2 3` in a title. */
const scenariosIn = (text: string): readonly string[] =>
  [...text.matchAll(/\bscenarios? ((?:\d{1,2} ?)+)/gu)].flatMap((match) =>
    (match[1] ?? '').trim().split(' '),
  );

const rulesIn = (text: string): readonly string[] => text.match(/\b[A-Z]\d{1,2}\b/gu) ?? [];

let rules: readonly string[] = [];
let scenarios: readonly string[] = [];
const tested = new Set<string>();
const told = new Set<string>();

beforeAll(async () => {
  const spec = await readFile(path.join(root, 'src/shared/sync/SPEC.md'), 'utf8');
  rules = [...spec.matchAll(/^- \*\*([A-Z]\d{1,2})\*\* /gmu)].map((match) => match[1] ?? '');
  const listed = await readFile(path.join(root, 'docs/scenarios.md'), 'utf8');
  scenarios = [...listed.matchAll(/^(\d{1,2})\. /gmu)].map((match) => match[1] ?? '');
  for (const folder of ['src', 'tests', 'bench', 'scripts']) {
    const files = await readdir(path.join(root, folder), { recursive: true }).catch(() => []);
    for (const file of files.filter((name) => /\.test\.tsx?$/u.test(name))) {
      const text = await readFile(path.join(root, folder, file), 'utf8');
      for (const match of text.matchAll(titles)) {
        for (const rule of rulesIn(match[2] ?? '')) tested.add(rule);
        if (!path.join(folder, file).startsWith(path.join('tests', 'story'))) continue;
        for (const scenario of scenariosIn(match[2] ?? '')) told.add(scenario);
      }
    }
  }
});

describe('the rules of synchronisation', () => {
  test('are numbered once each', () => {
    expect(rules.length).toBeGreaterThan(50);
    expect(rules).toEqual([...new Set(rules)]);
  });

  test('stand each in the title of a test', () => {
    const untested = rules.filter((rule) => !tested.has(rule) && pending[rule] === undefined);
    expect(untested, 'rules without a test').toEqual([]);
  });

  test('wait for a test only as long as they have none', () => {
    const done = Object.keys(pending).filter((rule) => tested.has(rule) || !rules.includes(rule));
    expect(done, 'take these from the list of pending rules').toEqual([]);
  });
});

describe('the situations that sync must survive', () => {
  test('are thirty, and each stands in the title of a story', () => {
    expect(scenarios).toEqual(Array.from({ length: 30 }, (_, index) => String(index + 1)));
    expect(
      scenarios.filter((scenario) => !told.has(scenario)),
      'without a story',
    ).toEqual([]);
  });
});
