import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../civil-date.ts';
import { answerStates, requestKinds } from '../records/request.ts';
import { recordKinds } from '../records/kinds.ts';
import { isAnswer, isAskedOf, isOpenState, standingOfRequest } from './standing.ts';

const today = '2026-11-26';
const asked = { kind: 'fill-part', due: today } as const;

describe('how a request stands', () => {
  test.each([
    ['what is due today waits', today, null, 'waiting'],
    ['what was due yesterday is late', '2026-11-25', null, 'overdue'],
    ['what names no day is never late', null, null, 'waiting'],
    ['what somebody has in hand is theirs', today, { state: 'accepted' }, 'accepted'],
    ['what somebody has in hand can be late', '2026-11-25', { state: 'accepted' }, 'overdue'],
    ['what was answered late is answered', '2026-11-25', { state: 'answered' }, 'answered'],
    ['what was opened again waits', null, { state: 'open' }, 'waiting'],
  ] as const)('%s', (_name, due, answer, standing) => {
    expect(standingOfRequest({ ...asked, due }, answer, today)).toBe(standing);
  });

  test('a hand-over that somebody took is done', () => {
    const handOver = { kind: 'hand-over', due: '2026-11-01' } as const;
    expect(standingOfRequest(handOver, { state: 'accepted' }, today)).toBe('accepted');
    expect(isAnswer('hand-over', 'accepted')).toBe(true);
    expect(isAnswer('question', 'accepted')).toBe(false);
  });

  test('it is late exactly while it is open and its day has passed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...requestKinds),
        fc.constantFrom(...answerStates),
        fc.integer({ min: -400, max: 400 }),
        (kind, state, days) => {
          const due = addDays(today, days);
          const standing = standingOfRequest({ kind, due }, { state }, today);
          expect(standing === 'overdue').toBe(isOpenState(kind, state) && days < 0);
          expect(isAnswer(kind, state) && isOpenState(kind, state)).toBe(false);
        },
      ),
    );
  });
});

describe('whom a question is for', () => {
  const me = { personId: 'me', profession: 'physiotherapist', standsInFor: ['away'] };
  test.each([
    ['somebody by name', { personId: 'me', profession: null }, 'other', true],
    ['another by name', { personId: 'other', profession: 'physiotherapist' }, 'x', false],
    ['a colleague who is away', { personId: 'away', profession: null }, 'x', true],
    ['a profession', { personId: null, profession: 'physiotherapist' }, 'x', true],
    ['another profession', { personId: null, profession: 'doctor' }, 'x', false],
    [
      'one’s own profession, asked by oneself',
      { personId: null, profession: 'physiotherapist' },
      'me',
      false,
    ],
    ['nobody', { personId: null, profession: null }, 'x', false],
  ])('%s', (_name, question, author, is) => {
    expect(isAskedOf(question, author, me)).toBe(is);
  });
});

describe('what a request may say', () => {
  const { question, answer } = recordKinds.request.groups;
  const whole = {
    kind: 'question',
    personId: null,
    profession: 'physiotherapist',
    recordId: '018f0000-0000-7000-8000-000000000001',
    group: null,
    text: '<script>alert(1)</script> مرحبا 👩‍⚕️',
    due: '2026-12-08',
  };

  test('any text of people’s, kept as it is', () => {
    expect(question.schema.parse(whole).text).toBe(whole.text);
  });

  test.each([
    [{ kind: 'other' }],
    [{ profession: 'wizard' }],
    [{ due: '2026-02-30' }],
    [{ recordId: 'the plan' }],
    [{ text: 'x'.repeat(100_001) }],
    [{ text: '\u0000' }],
  ])('not %j', (part) => {
    expect(question.schema.safeParse({ ...whole, ...part }).success).toBe(false);
  });

  test('not an answer of an unknown state', () => {
    expect(answer.schema.safeParse({ state: 'maybe', text: '', date: null }).success).toBe(false);
  });
});
