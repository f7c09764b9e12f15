import { z } from 'zod';
import { wallClockText } from '../civil-date.ts';
import { idSchema } from '../ids.ts';
import { lineText, proseText } from '../text.ts';
import { appendOnlyKindSince, decide } from './group.ts';

export const taskResults = ['done', 'not-done'] as const;

/** How a goal goes, as it was seen on this visit alone: ↗ parempi, → ennallaan, ↘ huonompi. */
export const visitTrends = ['better', 'same', 'worse'] as const;

/** Most tasks and most goals that one visit tells of. */
const most = 200;

/** Not done asks for a reason: who comes next must know whether to try again. */
const task = z
  .looseObject({ actionId: idSchema, result: z.enum(taskResults), reason: lineText })
  .refine(({ result, reason }) => result !== 'not-done' || reason.trim() !== '', {
    path: ['reason'],
    error: 'reason-required',
  });

const seenGoal = z.looseObject({ goalId: idSchema, trend: z.enum(visitTrends) });

/**
 * Käynti: what one person did and saw at the client's home. Written once, whole and at the end; until then
 * it is a draft. Two who visit together write one each, and neither overwrites the other. A mistake is
 * corrected by a new visit that names the old one (703/2023 22 §). It lies where its author's service is.
 */
export const visit = appendOnlyKindSince(3, {
  report: decide({
    /** When the visit began, as `YYYY-MM-DDTHH:MM` of the wall clock in Finland. */
    startedAt: wallClockText,
    /** How long it lasted; null when nobody knows. */
    minutes: z.int().min(1).max(1_440).nullable(),
    /** Actions of the plan; what was neither done nor left undone is not named. */
    tasks: z.array(task).max(most),
    goals: z.array(seenGoal).max(most),
    /** What was seen of the medication and its taking; tells, and prescribes nothing. */
    medication: proseText,
    observation: proseText,
    corrects: idSchema.nullable(),
  }),
});
