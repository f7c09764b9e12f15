import { z } from 'zod';
import { civilDateSchema } from '../civil-date.ts';
import { gasGrades, gasLevels } from '../goals/attainment.ts';
import { idSchema } from '../ids.ts';
import { lineText } from '../text.ts';
import { appendOnlyKindSince, decide, groupsSince } from './group.ts';

/**
 * GAS-asteikko: the levels of a goal in words and what it weighs, agreed as one. A goal can be rated before
 * its levels have been described.
 */
export const goalScaleGroups = groupsSince(3, {
  scale: decide({
    minus2: lineText,
    minus1: lineText,
    zero: lineText,
    plus1: lineText,
    plus2: lineText,
    /** Where one was when the scale was made. */
    start: z.enum(gasLevels).nullable(),
    importance: z.enum(gasGrades).nullable(),
    difficulty: z.enum(gasGrades).nullable(),
  }),
});

/** Whose view a rating tells; `agreed` where client and professionals made it together. */
export const ratingViews = ['client', 'professional', 'agreed'] as const;

/**
 * Arvio tavoitteen tasosta: on one day, in one view. Written once: a later look is another rating, and two
 * who rate apart from each other lose nothing.
 */
export const rating = appendOnlyKindSince(3, {
  rating: decide({
    goalId: idSchema,
    level: z.enum(gasLevels),
    view: z.enum(ratingViews),
    date: civilDateSchema,
    comment: lineText,
  }),
});
