import { describe, expect, test } from 'vitest';
import { normalised, valueProblems } from './value-problems.ts';

const statement = { title: 'Käy saunassa', description: '', voice: 'client' };

const identity = {
  familyName: 'Kivimetsä',
  givenNames: 'Aino',
  preferredName: '',
  personalIdentityCode: null,
  temporaryId: null,
  birthDate: '1952-01-13',
};
/** Of the artificial series, with its right check character. */
const code = '130152-900M';

describe('who the client is', () => {
  test.each([
    [{}, {}],
    [{ familyName: ' ' }, { familyName: 'required' }],
    [{ birthDate: null }, { personalIdentityCode: 'identity-required' }],
    [{ birthDate: null, temporaryId: 'H-17' }, {}],
    [{ personalIdentityCode: '130152' }, { personalIdentityCode: 'personal-identity-code-format' }],
    [
      { personalIdentityCode: '310252-9002' },
      { personalIdentityCode: 'personal-identity-code-date' },
    ],
    [
      { personalIdentityCode: '130152-900A' },
      { personalIdentityCode: 'personal-identity-code-check-character' },
    ],
    [
      { personalIdentityCode: code, birthDate: '1952-01-14' },
      { birthDate: 'birth-date-of-another' },
    ],
    [{ personalIdentityCode: code }, {}],
  ])('%j', (part, problems) => {
    expect(valueProblems('client', 'identity', { ...identity, ...part })).toEqual(problems);
  });

  test('a code is tidied, whatever dash and case it was typed in', () => {
    expect(normalised({ personalIdentityCode: ' 130152–900m ' })).toEqual({
      personalIdentityCode: '130152-900M',
    });
  });
});

describe('what cannot be written yet, and where', () => {
  test('a right value has no problems, unknown fields pass', () => {
    expect(valueProblems('goal', 'statement', { ...statement, newer: 'x' })).toEqual({});
  });

  test.each([
    ['goal', 'statement', { ...statement, title: '  ' }, { title: 'required' }],
    ['goal', 'statement', { ...statement, title: 'x'.repeat(501) }, { title: 'text-too-long' }],
    ['need', 'assessment', { text: 'x'.repeat(1_000_000) }, { text: 'text-too-long' }],
    ['need', 'assessment', { text: 'a\u0000b' }, { text: 'text-not-storable' }],
    ['goal', 'target', { date: '2027-02-29' }, { date: 'no-such-day' }],
    ['goal', 'target', { date: '9999-12-31' }, { date: 'year-out-of-range' }],
    [
      'action',
      'status',
      { status: 'not-done', reason: ' ', date: null },
      { reason: 'reason-required' },
    ],
    [
      'action',
      'schedule',
      { frequency: '', start: '2026-12-02', end: '2026-12-01' },
      { end: 'ends-before-it-begins' },
    ],
    ['need', 'heading', { lifeArea: 'hups', title: '' }, { lifeArea: 'unknown-code' }],
    ['hups', 'statement', statement, { '': 'unknown-kind' }],
  ])('%s.%s %#', (kind, group, value, problems) => {
    expect(valueProblems(kind, group, value)).toEqual(problems);
  });

  test('the 29th of February of a leap year is a day', () => {
    expect(valueProblems('goal', 'target', { date: '2028-02-29' })).toEqual({});
  });

  test('letters are put in one form, markup and direction marks stay what they are', () => {
    expect(normalised({ text: 'a\u0308iti <img onerror=x> \u202e', n: 1 })).toEqual({
      text: 'äiti <img onerror=x> \u202e',
      n: 1,
    });
  });
});

describe('a request', () => {
  const question = {
    kind: 'fill-part',
    personId: null,
    profession: 'physiotherapist',
    recordId: '018f0000-0000-7000-8000-000000000001',
    group: null,
    text: 'Kirjaatko kävelykokeen?',
    due: null,
  };
  test.each([
    [{}, {}],
    [{ text: ' \n' }, { text: 'required' }],
    [{ profession: null }, { personId: 'required' }],
    [{ due: '2026-02-30' }, { due: 'no-such-day' }],
  ])('%j', (part, problems) => {
    expect(valueProblems('request', 'question', { ...question, ...part })).toEqual(problems);
  });

  test.each([
    ['declined', '', { text: 'reason-required' }],
    ['withdrawn', ' ', { text: 'reason-required' }],
    ['declined', 'Olen lomalla.', {}],
    ['accepted', '', {}],
    ['answered', '', {}],
  ])('is %s with ”%s”', (state, text, problems) => {
    expect(valueProblems('request', 'answer', { state, text, date: null })).toEqual(problems);
  });
});

describe('a visit', () => {
  const actionId = '018f0000-0000-7000-8000-000000000001';
  const report = {
    startedAt: '2026-11-26T17:40',
    minutes: null,
    tasks: [{ actionId, result: 'done', reason: '' }],
    goals: [],
    medication: '',
    observation: '',
    corrects: null,
  };
  test.each([
    [{}, {}],
    [{ tasks: [] }, { observation: 'required' }],
    [{ tasks: [], observation: 'Vointi hyvä.' }, {}],
    [
      { tasks: [{ actionId, result: 'not-done', reason: ' ' }] },
      { tasks: 'reason-required', [`tasks.${actionId}`]: 'reason-required' },
    ],
    [{ tasks: [null] }, { tasks: 'bad-value' }],
    [{ minutes: 1.5 }, { minutes: 'bad-value' }],
  ])('%j', (part, problems) => {
    expect(valueProblems('visit', 'report', { ...report, ...part })).toEqual(problems);
  });
});
