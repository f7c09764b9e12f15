import { describe, expect, test } from 'vitest';
import {
  absenceProblems,
  formOf,
  newAbsence,
  saveInput,
  type AbsenceForm,
  type AbsenceRow,
} from './absence-form.ts';
import { absencesInOrder, byClient, whenOf } from './absence-rows.ts';

const today = '2026-11-24';
const idOf = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const me = idOf(1);

const row = (n: number, validFrom: string, validTo: string, personId = me): AbsenceRow => ({
  id: idOf(n),
  personId,
  deputyId: null,
  validFrom,
  validTo,
  caseIds: null,
  uncovered: 0,
  clients: 4,
  mayChange: true,
});

test('both days of an absence are included', () => {
  expect(whenOf({ validFrom: today, validTo: today }, today)).toBe('now');
  expect(whenOf({ validFrom: '2026-11-25', validTo: '2026-11-26' }, today)).toBe('coming');
  expect(whenOf({ validFrom: '2026-11-01', validTo: '2026-11-23' }, today)).toBe('past');
});

test('present, then coming, then the latest past; one’s own or the others’', () => {
  const rows = [
    row(10, '2026-10-01', '2026-10-02'),
    row(11, '2026-12-10', '2026-12-11'),
    row(12, '2026-11-01', '2026-11-02', idOf(2)),
    row(13, '2026-12-01', '2026-12-02'),
    row(14, '2026-11-20', '2026-11-30', idOf(2)),
  ];
  const idsOf = (whose: 'all' | 'own' | 'others'): readonly string[] =>
    absencesInOrder(rows, today, whose, me).map(({ id }) => id);
  expect(idsOf('all')).toEqual([14, 13, 11, 12, 10].map(idOf));
  expect(idsOf('own')).toEqual([13, 11, 10].map(idOf));
  expect(idsOf('others')).toEqual([14, 12].map(idOf));
});

describe('an absence being written', () => {
  const form: AbsenceForm = { ...newAbsence(me, today), validTo: '2026-11-30' };

  test('whole, it goes as the region takes it', () => {
    expect(absenceProblems(form, today)).toEqual({});
    expect(saveInput(form, today)).toEqual({
      id: null,
      personId: me,
      deputyId: null,
      validFrom: today,
      validTo: '2026-11-30',
      caseIds: null,
    });
  });

  test.each<[Partial<AbsenceForm>, string, string]>([
    [{ personId: null }, 'personId', 'required'],
    [{ validTo: null }, 'validTo', 'required'],
    [{ validTo: '2026-11-23' }, 'validTo', 'ends-before-it-begins'],
    [{ validFrom: '2026-11-01', validTo: '2026-11-23' }, 'validTo', 'over'],
    [{ deputyId: me }, 'deputyId', 'same-person'],
    [{ deputyId: idOf(2), handsOver: 'chosen' }, 'caseIds', 'choose-one'],
  ])('%o', (part, field, problem) => {
    const wrong = { ...form, ...part };
    expect(absenceProblems(wrong, today)).toEqual({ [field]: problem });
    expect(saveInput(wrong, today)).toBeNull();
  });

  test('clients hidden from the writer stay handed over', () => {
    const hidden = formOf({
      ...row(20, today, '2026-11-30'),
      deputyId: idOf(2),
      caseIds: [idOf(30)],
      clients: 3,
    });
    expect(hidden).toMatchObject({ handsOver: 'chosen', hidden: 2 });
    expect(absenceProblems({ ...hidden, caseIds: [] }, today)).toEqual({});
    expect(saveInput(hidden, today)?.caseIds).toEqual([idOf(30)]);
  });
});

test('without a deputy no clients are handed over', () => {
  const form: AbsenceForm = {
    ...newAbsence(me, today),
    validTo: '2026-11-30',
    handsOver: 'chosen',
    caseIds: [idOf(30)],
  };
  expect(saveInput(form, today)?.caseIds).toBeNull();
  expect(saveInput({ ...form, deputyId: idOf(2) }, today)?.caseIds).toEqual([idOf(30)]);
});

test('what nobody covers, client by client', () => {
  const rows = [
    { caseId: idOf(1), clientName: 'Äijälä Eino', title: 'a' },
    { caseId: idOf(2), clientName: 'Kivimetsä Aune', title: 'b' },
    { caseId: idOf(1), clientName: 'Äijälä Eino', title: 'c' },
  ];
  expect(byClient(rows).map(({ clientName, rows: own }) => [clientName, own.length])).toEqual([
    ['Kivimetsä Aune', 1],
    ['Äijälä Eino', 2],
  ]);
});
