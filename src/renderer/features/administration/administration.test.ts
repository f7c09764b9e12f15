import { describe, expect, test } from 'vitest';
import { counterpartOf, placesOf } from './joining.ts';
import { newPersonForm, personProblems, saveInputOf, type PersonForm } from './person-form.ts';

const idOf = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const today = '2026-11-24';

describe('a person being written', () => {
  const form: PersonForm = { ...newPersonForm(today), givenName: 'Aune', familyName: 'Kivimetsä' };
  const [task] = newPersonForm(today).tasks;

  test('whole, it goes as the region takes it; an empty register number is none', () => {
    expect(personProblems(form)).toEqual({});
    expect(saveInputOf({ ...form, registerNumber: '  ' }).registerNumber).toBeNull();
    expect(saveInputOf({ ...form, registerNumber: ' 123 ' }).registerNumber).toBe('123');
    expect(saveInputOf(form).tasks).toMatchObject([{ validFrom: today, validTo: null }]);
  });

  test.each<[Partial<PersonForm>, string, string]>([
    [{ givenName: ' ' }, 'givenName', 'required'],
    [{ familyName: '' }, 'familyName', 'required'],
    [{ tasks: task ? [{ ...task, validTo: '2026-11-23' }] : [] }, 'tasks', 'ends-before-it-begins'],
    [
      { tasks: task ? [{ ...task, taskClass: 'external-partner' }] : [] },
      'partnerSector',
      'required',
    ],
  ])('%o', (part, field, problem) => {
    expect(personProblems({ ...form, ...part })).toEqual({ [field]: problem });
  });
});

describe('joining those of one code', () => {
  const offered = (joined: readonly boolean[]): readonly (number | null)[] => {
    const placed = placesOf(
      joined.map((isJoined, index) => ({
        caseId: idOf(index),
        name: 'Aune Kivimetsä',
        joined: isJoined,
      })),
    );
    return placed.map((client) => counterpartOf(client, placed)?.place ?? null);
  };

  test('a pair is offered once', () => {
    expect(offered([false, false])).toEqual([null, 1]);
  });

  test('what is joined is not offered again, and the one left out is, wherever it stands', () => {
    expect(offered([true, true])).toEqual([null, null]);
    expect(offered([true, true, false])).toEqual([null, null, 1]);
    expect(offered([false, true, true])).toEqual([2, null, null]);
  });
});
