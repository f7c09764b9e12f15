import { z } from 'zod';
import { civilDateSchema } from '../civil-date.ts';
import { professionId } from '../codes.ts';
import { idSchema } from '../ids.ts';
import { proseText } from '../text.ts';
import { decide, kindSince } from './group.ts';

/** What is asked for; a consultation is put to somebody of a specialty, a hand-over takes a part over. */
export const requestKinds = ['fill-part', 'consultation', 'question', 'hand-over'] as const;

export const answerStates = ['open', 'accepted', 'answered', 'declined', 'withdrawn'] as const;

/**
 * Pyyntö: somebody of the team asks a colleague, or whoever of a profession is in the team, for something at
 * one place of the plan. Asking and answering are groups apart, so that neither overwrites the other. It lies
 * in the compartment of its place.
 */
export const request = kindSince(3, {
  question: decide({
    kind: z.enum(requestKinds),
    /** Who is asked: a person, or with null anybody of the profession. */
    personId: idSchema.nullable(),
    profession: professionId.nullable(),
    /** The row that it is about; the plan's own id for the plan as a whole. */
    recordId: idSchema,
    /** The group of the row that is asked for, or the row as a whole. */
    group: z.string().max(40).nullable(),
    text: proseText,
    /** The last day for the answer, included. */
    due: civilDateSchema.nullable(),
  }),
  /** Not written yet: open. `text` is the answer, or the reason why it was declined or withdrawn. */
  answer: decide({
    state: z.enum(answerStates),
    text: proseText,
    date: civilDateSchema.nullable(),
  }),
});

/**
 * Kuittaus: somebody has read a hand-over or an answer, and the others see it. Its id follows from what was
 * read and who read it; it lies in the compartment of what was read.
 */
export const acknowledgment = kindSince(3, {
  receipt: decide({
    recordId: idSchema,
    /** The version that was read: a later one asks again. */
    changeId: idSchema,
  }),
});
