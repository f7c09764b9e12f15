import { z } from 'zod';
import { civilDateSchema } from '../civil-date.ts';
import { lifeAreaId } from '../codes.ts';
import { idSchema } from '../ids.ts';
import { lineText, proseText, titleText } from '../text.ts';
import { orderGroup, originGroup, proseGroup } from './common-groups.ts';
import { familyPartGroup } from './family.ts';
import { goalScaleGroups } from './goal-scale.ts';
import { decide, groupsSince, kind } from './group.ts';
import { planPartGroups } from './plan-parts.ts';

export const planTracks = ['families', 'working-age', 'older-people', 'work-ability'] as const;
export const planStatuses = ['draft', 'active', 'ended'] as const;

/** Yhteinen suunnitelma: one per client, in both registers (703/2023 46–48 §; SHL 39 §). */
export const plan = kind({
  /** In the client's own words: Minulle tärkeintä. */
  'what-matters': proseGroup,
  situation: proseGroup,
  strengths: proseGroup,
  /** The custodian keeps the plan together: omatyöntekijä (SHL 42 §). */
  custodian: decide({ personId: idSchema.nullable() }),
  review: decide({ date: civilDateSchema.nullable() }),
  course: decide({ track: z.enum(planTracks), status: z.enum(planStatuses) }),
  ...groupsSince(3, planPartGroups),
});

export const needStatuses = ['open', 'in-progress', 'resolved', 'no-longer-relevant'] as const;

/** Tarve. */
export const need = kind({
  heading: decide({ lifeArea: lifeAreaId, title: titleText }),
  'client-words': proseGroup,
  assessment: proseGroup,
  status: decide({
    status: z.enum(needStatuses),
    reason: lineText,
    date: civilDateSchema.nullable(),
  }),
  order: orderGroup,
  origin: originGroup,
});

export const voices = ['client', 'representative', 'professional', 'joint'] as const;

/** Life cycle: whether the goal is being pursued. Achievement, below, says how it goes. */
export const goalLifecycles = [
  'proposed',
  'agreed',
  'active',
  'on-hold',
  'ended',
  'cancelled',
] as const;

export const goalAchievements = [
  'not-assessed',
  'improving',
  'no-change',
  'worsening',
  'achieved',
  'not-achieved',
] as const;

/** Tavoite. */
export const goal = kind({
  belonging: decide({ needId: idSchema }),
  /** What is aimed at and in whose words: one meaning, so one group. */
  statement: decide({ title: titleText, description: proseText, voice: z.enum(voices) }),
  target: decide({ date: civilDateSchema.nullable() }),
  lifecycle: decide({
    status: z.enum(goalLifecycles),
    reason: lineText,
    date: civilDateSchema.nullable(),
  }),
  achievement: decide({
    achievement: z.enum(goalAchievements),
    date: civilDateSchema.nullable(),
    grounds: lineText,
  }),
  ...goalScaleGroups,
  ...familyPartGroup,
  order: orderGroup,
  origin: originGroup,
});

export const actionKinds = [
  'service',
  'care',
  'rehabilitation',
  'self-care',
  'support-by-close-person',
  'assessment',
  'benefit',
  'medication-follow-up',
] as const;

export const actionStatuses = ['proposed', 'agreed', 'in-progress', 'done', 'not-done'] as const;

/** Keino: what is done for a goal, by whom, how often. */
export const action = kind({
  belonging: decide({ goalId: idSchema }),
  content: decide({ kind: z.enum(actionKinds), title: titleText, description: proseText }),
  schedule: decide({
    frequency: lineText,
    start: civilDateSchema.nullable(),
    end: civilDateSchema.nullable(),
  }),
  /** Who answers and who steps in. Nobody named is a gap that the plan shows. */
  responsibility: decide({ responsibleId: idSchema.nullable(), deputyId: idSchema.nullable() }),
  provider: decide({
    name: lineText,
    type: z.enum(['own', 'purchased', 'voucher', 'association', 'municipality', 'family']),
  }),
  /** Not done asks for a reason. */
  status: decide({
    status: z.enum(actionStatuses),
    reason: lineText,
    date: civilDateSchema.nullable(),
  }),
  ...groupsSince(3, {
    /** The planned social service, and how the client would have it produced (1301/2014 39 §). */
    service: decide({ name: lineText, text: proseText, isNecessary: z.boolean() }),
  }),
  ...familyPartGroup,
  order: orderGroup,
  origin: originGroup,
});
