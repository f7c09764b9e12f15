import { describe, expect, test } from 'vitest';
import type { GrantPart } from '#shared/contract/views.ts';
import { permissionKinds } from '#shared/domain/records/permission.ts';
import { finnishDayEnd } from '#shared/domain/civil-date.ts';
import { valueProblems } from '#renderer/store/editing/value-problems.ts';
import { idOf, record, removed, version, viewOf } from '../../../../tests/window/records.ts';
import { fieldsOf } from '../editing/index.ts';
import { sourcesOf } from './ground-sources.ts';
import { untilText } from './ground-words.ts';
import { filterEntries, permissionEntries, unfinishedPermissions } from './permission-list.ts';
import { byPerson } from './preview-rows.ts';
import { startScope, tidyScope } from './scope-value.ts';
import {
  cellAfter,
  columnsByRegister,
  linesOf,
  peopleInOrder,
  signOf,
  type PersonPart,
  type SeeingPerson,
} from './who-grid.ts';

const today = '2026-11-24';

const said = { text: 'Saa kertoa fysioterapeutille.', givenBy: 'Aune', way: 'in-person' };

const permitted = (n: number, validFrom: string, validTo: string | null, part = {}) =>
  record(
    n,
    'permission',
    {
      scope: {
        direction: 'social-to-health',
        compartments: ['social/older-people'],
        unitIds: [],
        validFrom,
        validTo,
        ...said,
      },
    },
    { compartment: 'joint/permissions', ...part },
  );

describe('the list', () => {
  test('in force first, then coming, then past; what was removed is gone', () => {
    const entries = permissionEntries(
      viewOf(
        permitted(1, '2026-01-01', '2026-11-23'),
        permitted(2, '2026-12-01', null),
        permitted(3, '2026-01-01', today),
        permitted(4, '2026-01-01', null, removed()),
      ),
      today,
    );
    expect(entries.map(({ record: { id }, when }) => [id, when])).toEqual([
      [idOf(3), 'current'],
      [idOf(2), 'coming'],
      [idOf(1), 'ended'],
    ]);
    const inForce = filterEntries(entries, { query: '', only: 'in-force' }, () => '');
    expect(inForce).toHaveLength(1);
  });

  test('every word somewhere, without accents; a disagreement is never out of sight', () => {
    const scope = { direction: 'health-to-social', compartments: ['patient/outpatient'] };
    const value = {
      ...scope,
      unitIds: [],
      validFrom: '2020-01-01',
      validTo: '2020-12-31',
      ...said,
    };
    const disputed = record(5, 'permission', {
      scope: {
        state: 'conflict',
        heads: [version(51, value), version(52, { ...value, validTo: null })],
        ancestor: null,
      },
    });
    const entries = permissionEntries(viewOf(disputed), today);
    expect(entries[0]?.versions).toBe(2);
    const textOf = (): string => 'Äidin lupa';
    expect(filterEntries(entries, { query: 'aidin LUPA', only: 'in-force' }, textOf)).toHaveLength(
      1,
    );
    expect(filterEntries(entries, { query: 'isän', only: 'all' }, textOf)).toEqual([]);
  });

  test('a new one that was left is found again', () => {
    const draft = record(
      6,
      'consent',
      {},
      { drafts: { scope: { value: {}, basedOn: [], savedAt: 1 } } },
    );
    expect(unfinishedPermissions(viewOf(draft)).map(({ kind }) => kind)).toEqual(['consent']);
  });
});

describe('what is written', () => {
  test.each(permissionKinds)('%s: every field of the schema has its place in the form', (kind) => {
    const problems = valueProblems(kind, 'scope', startScope(kind, today));
    const names = new Set(fieldsOf(kind, 'scope').map(({ name }) => name));
    expect(Object.keys(problems).filter((field) => !names.has(field))).toEqual([]);
    expect(startScope(kind, today)['validFrom']).toBe(today);
  });

  test.each([
    ['permission', { compartments: [] }, 'compartments', 'required'],
    ['permission', { givenBy: ' ' }, 'givenBy', 'required'],
    ['permission', { validTo: '2026-11-23' }, 'validTo', 'ends-before-it-begins'],
    ['permission', { validFrom: null }, 'validFrom', 'required'],
    ['joint-service', { compartments: ['social/families'] }, 'compartments', 'two-needed'],
    ['consent', { sectors: [] }, 'sectors', 'required'],
    ['prohibition', { level: 'register', register: null }, 'register', 'required'],
    ['prohibition', { level: 'service', compartments: [] }, 'compartments', 'required'],
    ['prohibition', { level: 'document', recordId: null }, 'recordId', 'required'],
    ['guardian-prohibition', { reason: '' }, 'reason', 'required'],
  ] as const)('%s %j: %s %s', (kind, part, field, problem) => {
    const value = { ...startScope(kind, today), ...part };
    expect(valueProblems(kind, 'scope', value)[field]).toBe(problem);
  });

  test('a prohibition keeps only what its level names', () => {
    const value = { register: 'social', compartments: ['social/families'], recordId: idOf(1) };
    expect(tidyScope('prohibition', { ...value, level: 'all' })).toEqual({
      level: 'all',
      register: null,
      compartments: [],
      recordId: null,
    });
    expect(tidyScope('prohibition', { ...value, level: 'service' })).toMatchObject({
      register: null,
      compartments: ['social/families'],
    });
  });

  test('a permission turned round lets go of the other register', () => {
    const value = { direction: 'health-to-social', compartments: ['social/families'] };
    expect(tidyScope('permission', value)['compartments']).toEqual([]);
  });
});

const grant = (compartment: string, part: Partial<GrantPart> = {}): PersonPart => ({
  allowed: true,
  compartment,
  basis: 'relation',
  relation: 'team',
  role: 'custodian',
  basisId: null,
  writes: true,
  manages: true,
  untilMs: null,
  ...part,
});
const closed = (compartment: string, because = 'not-in-task'): PersonPart => ({
  allowed: false,
  compartment,
  because,
});
const seeing = (n: number, ...parts: readonly PersonPart[]): SeeingPerson => ({
  personId: idOf(n),
  relation: 'team',
  role: 'custodian',
  parts: [...parts],
});

describe('who sees what', () => {
  test.each([
    [grant('joint/plan'), 'writes'],
    [grant('joint/plan', { writes: false }), 'reads'],
    [grant('patient/outpatient', { basis: 'permission', writes: false }), 'granted'],
    [grant('patient/outpatient', { relation: 'emergency' }), 'granted'],
    [closed('patient/outpatient'), 'closed'],
    [undefined, 'closed'],
  ])('the sign of %j is %s', (part, sign) => {
    expect(signOf(part)).toBe(sign);
  });

  test('columns stand by register, lines by ground, people by how much they see', () => {
    expect(
      columnsByRegister(['patient/outpatient', 'joint/plan', 'joint/contact']).map(({ parts }) => [
        ...parts,
      ]),
    ).toEqual([['joint/plan', 'joint/contact'], ['patient/outpatient']]);
    const person = seeing(
      1,
      closed('social/families'),
      grant('joint/plan'),
      grant('joint/contact'),
    );
    expect(linesOf(person).map(({ compartments }) => [...compartments])).toEqual([
      ['joint/plan', 'joint/contact'],
      ['social/families'],
    ]);
    const less = seeing(2, grant('joint/plan'), closed('joint/contact'));
    expect(peopleInOrder([less, person], (id) => id).map(({ personId }) => personId)).toEqual([
      idOf(1),
      idOf(2),
    ]);
  });

  test.each([
    ['ArrowRight', { row: 0, column: 0 }, false, { row: 0, column: 1 }],
    ['ArrowLeft', { row: 0, column: 0 }, false, { row: 0, column: 0 }],
    ['ArrowDown', { row: 1, column: 2 }, false, { row: 1, column: 2 }],
    ['End', { row: 0, column: 0 }, false, { row: 0, column: 2 }],
    ['End', { row: 0, column: 0 }, true, { row: 1, column: 2 }],
    ['Home', { row: 1, column: 2 }, true, { row: 0, column: 0 }],
    ['Tab', { row: 0, column: 0 }, false, undefined],
  ])('%s from %j', (key, from, ctrl, to) => {
    expect(cellAfter(key, from, { rows: 2, columns: 3 }, ctrl)).toEqual(to);
  });
});

test('a preview has one row for each person', () => {
  expect(
    byPerson([
      { personId: 'a', compartment: 'joint/plan' },
      { personId: 'b', compartment: 'joint/plan' },
      { personId: 'a', compartment: 'patient/outpatient' },
      { personId: 'a', compartment: 'joint/plan' },
    ]),
  ).toEqual([
    { personId: 'a', compartments: ['joint/plan', 'patient/outpatient'] },
    { personId: 'b', compartments: ['joint/plan'] },
  ]);
});

test('an end at midnight is told by its last day, another by the clock', () => {
  expect(untilText(null, 'fi')).toBeNull();
  expect(untilText(finnishDayEnd('2026-11-30'), 'fi')).toBe('30.11.2026');
  expect(untilText(Date.parse('2026-11-24T12:52:00Z'), 'fi')).toBe('24.11.2026 klo\u00a014.52');
});

test('the statutes of the task and of the relation, each once', () => {
  const sources = sourcesOf(
    { relation: 'team', role: 'custodian' },
    ['broad-client-responsibility'],
    today,
  );
  expect(sources).toContain('STM 457/2024');
  expect(sources).toContain('SHL 42 §');
  expect(new Set(sources).size).toBe(sources.length);
});
