import { describe, expect, test } from 'vitest';
import type { RecordView, VersionView } from '#shared/contract/views.ts';
import { riskTypes, riskTypesOf } from '#shared/domain/codes.ts';
import { mayLieIn } from '#shared/domain/records/compartment-of-kind.ts';
import { valueProblems } from '#renderer/store/editing/value-problems.ts';
import { record, removed, version, viewOf } from '../../../../tests/window/records.ts';
import { checkName, checksOf } from './checks.ts';
import { elementStates } from './element-state.ts';
import { partGaps } from './part-gaps.ts';
import { planTree } from './plan-tree.ts';
import { isForPaper, riskName, risksNow, riskTypesNow } from './risks.ts';

const today = '2026-11-26';
const said = (type: string, means: string) => ({ type, means, personId: null, notedOn: null });
const risk = (
  n: number,
  type: string,
  {
    kind = 'risk',
    means = 'Kaatui kahdesti',
    nextOn = null as string | null,
    state = 'in-force',
  } = {},
) =>
  record(n, kind, {
    risk: said(type, means),
    check: { checkedOn: null, nextOn },
    state: { state, date: null, reason: '' },
  });

/** Versions of a group that wait for a person. */
const forked = (
  of: RecordView,
  group: string,
  values: readonly VersionView['value'][],
): RecordView => ({
  ...of,
  groups: {
    ...of.groups,
    [group]: {
      state: 'conflict',
      heads: values.map((value, index) => version(5_000 + index, value)),
      ancestor: null,
      newer: false,
    },
  },
});

const typesIn = (...records: readonly RecordView[]) =>
  risksNow(viewOf(...records)).map(({ type }) => type);

describe('risks', () => {
  test('those in force, the most urgent first; what is over or removed is none', () => {
    expect(
      typesIn(
        risk(10, 'home'),
        risk(11, 'fall'),
        risk(12, 'fire', { state: 'over' }),
        { ...risk(13, 'undernutrition'), ...removed() },
        risk(14, 'allergy', { kind: 'health-risk' }),
        risk(15, 'staff-safety', { kind: 'social-risk' }),
      ),
    ).toEqual(['allergy', 'staff-safety', 'fall', 'home']);
  });

  test('one that has its words alone is in force, and an empty row is none', () => {
    expect(typesIn(record(10, 'risk', { risk: said('fall', '') }), record(11, 'risk', {}))).toEqual(
      ['fall'],
    );
  });

  test('one of a type that only a newer program knows is in sight, by its id', () => {
    const later = risk(10, 'a-later-type', { means: 'Uusi vaara' });
    expect(
      risksNow(viewOf(later, risk(11, 'fall'))).map(({ type, means }) => [type, means]),
    ).toEqual([
      ['fall', 'Kaatui kahdesti'],
      ['a-later-type', 'Uusi vaara'],
    ]);
    expect(riskName('a-later-type', 'fi')).toBe('a-later-type');
    expect(isForPaper(later)).toBe(false);
  });

  test('stands until every version agrees that it is over', () => {
    const versions = (...states: readonly string[]) =>
      forked(
        risk(10, 'fall'),
        'state',
        states.map((state) => ({ state, date: null, reason: '' })),
      );
    expect(typesIn(versions('over', 'in-force'))).toEqual(['fall']);
    expect(typesIn(versions('in-force', 'over'))).toEqual(['fall']);
    expect(typesIn(versions('over', 'over'))).toEqual([]);
  });

  test('each kind once, with all that it means; names of 200 letters, and 300 risks', () => {
    const odd = '<script>مرحبا 👵'.padEnd(200, 'x');
    const view = viewOf(
      ...Array.from({ length: 300 }, (_, n) => risk(n + 10, 'fall', { means: odd })),
      risk(400, 'home', { means: '' }),
    );
    const types = riskTypesNow(risksNow(view));
    expect(types.map(({ type, means }) => [type, means.length])).toEqual([
      ['fall', 300],
      ['home', 1],
    ]);
    expect(types[0]?.means[0]).toBe(odd);
    expect(riskTypesNow([])).toEqual([]);
  });

  test('a check that has passed is missing; a risk without a day lacks nothing', () => {
    const view = viewOf(
      record(1, 'plan', { course: { track: 'older-people', status: 'active' } }),
      risk(10, 'fall', { nextOn: '2026-11-25' }),
      risk(11, 'home'),
      risk(12, 'fire', { nextOn: today }),
      risk(13, 'allergy', { kind: 'health-risk', nextOn: '2026-01-01' }),
      risk(14, 'undernutrition', { nextOn: '2026-01-01', state: 'over' }),
    );
    const tree = planTree(view);
    const gaps = partGaps(view, tree, elementStates(view, tree), today).flatMap(({ gap, row }) =>
      row === undefined ? [] : [`${checkName(row, 'fi')}: ${gap}`],
    );
    expect(gaps).toEqual(['Kaatuminen: check-past', 'Allergia: check-past']);
    expect(checksOf(view).map((check) => checkName(check, 'sv'))).toContain('Fall');
  });

  test('threats and mistreatment stay off the paper, whichever version says so, and unknown types too', () => {
    expect(isForPaper(risk(10, 'fall'))).toBe(true);
    expect(isForPaper(risk(11, 'staff-safety', { kind: 'health-risk' }))).toBe(false);
    expect(isForPaper(risk(12, 'of-tomorrow'))).toBe(false);
    const both = [said('neglect', ''), said('financial-abuse', '')];
    expect(isForPaper(forked(risk(13, 'neglect', { kind: 'social-risk' }), 'risk', both))).toBe(
      false,
    );
    expect(isForPaper(record(14, 'contingency', {}))).toBe(true);
  });

  test('a kind takes the types of its register, and lies there alone', () => {
    const place = { risk: 'joint', 'health-risk': 'patient', 'social-risk': 'social' } as const;
    for (const [kind, register] of Object.entries(place)) {
      for (const { id, registers } of riskTypes) {
        const problems = valueProblems(kind, 'risk', said(id, 'x'));
        expect(Object.keys(problems)).toEqual(registers.includes(register) ? [] : ['type']);
      }
      expect(riskTypesOf(register)).not.toEqual([]);
      expect(
        ['joint/plan', 'patient/home-nursing', 'social/older-people'].map((at) =>
          mayLieIn(kind, at),
        ),
      ).toEqual([register === 'joint', register === 'patient', register === 'social']);
    }
    expect(riskName('of-tomorrow', 'fi')).toBe('of-tomorrow');
  });

  test('what is over says why, and a risk says what it means', () => {
    const state = { state: 'over', date: null, reason: ' ' };
    expect(valueProblems('risk', 'state', state)).toEqual({ reason: 'reason-required' });
    expect(valueProblems('risk', 'risk', said('fall', ' '))).toEqual({ means: 'required' });
  });
});
