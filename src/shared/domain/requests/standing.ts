import type { CivilDate } from '../civil-date.ts';
import type { GroupValue } from '../records/kinds.ts';

export type Question = GroupValue<'request', 'question'>;
export type Answer = GroupValue<'request', 'answer'>;
export type AnswerState = Answer['state'];

/** How a request stands. `accepted`: somebody has it in hand; the last three have come to an end. */
export type RequestStanding =
  | 'waiting'
  | 'overdue'
  | 'accepted'
  | 'answered'
  | 'declined'
  | 'withdrawn';

/** A hand-over is done when it is taken; anything else when it is answered. */
export const isOpenState = (kind: Question['kind'], state: AnswerState): boolean =>
  state === 'open' || (state === 'accepted' && kind !== 'hand-over');

/** Whether the one who asked has an answer to read. */
export const isAnswer = (kind: Question['kind'], state: AnswerState): boolean =>
  state !== 'withdrawn' && !isOpenState(kind, state);

/** The day named is included: what is due today is late tomorrow. */
export const isPast = (due: CivilDate | null, today: CivilDate): boolean =>
  due !== null && due < today;

/**
 * How a request stands on a day (a Finnish civil date). An unknown state of a newer program counts as open,
 * so that nothing asked for is taken as done.
 */
export const standingOfRequest = (
  question: Pick<Question, 'kind' | 'due'>,
  answer: Pick<Answer, 'state'> | null,
  today: CivilDate,
): RequestStanding => {
  const state = answer?.state ?? 'open';
  if (isOpenState(question.kind, state)) {
    if (isPast(question.due, today)) return 'overdue';
    return state === 'accepted' ? 'accepted' : 'waiting';
  }
  return state === 'open' ? 'waiting' : state;
};

/** Who a question is put to, as far as it concerns one person. */
export type Asked = {
  readonly personId: string;
  readonly profession: string;
  /** Colleagues for whom the person stands in now. */
  readonly standsInFor: readonly string[];
};

/** Whether the question is for this person: by name, for somebody absent, or by profession. */
export const isAskedOf = (
  question: Pick<Question, 'personId' | 'profession'>,
  authorId: string | null,
  asked: Asked,
): boolean => {
  if (question.personId !== null) {
    return question.personId === asked.personId || asked.standsInFor.includes(question.personId);
  }
  return question.profession === asked.profession && authorId !== asked.personId;
};
