import { z } from 'zod';
import { civilDateSchema, wallClockText } from '../civil-date.ts';
import { contingencyTriggerId } from '../codes.ts';
import { idSchema } from '../ids.ts';
import { lineText, nameText, proseText } from '../text.ts';
import { decide, kindSince } from './group.ts';

/** Who sees something otherwise than the plan says. */
export const dissenters = [
  'client',
  'representative',
  'close-person',
  'professional',
  'partner',
] as const;

/** Eriävä näkemys: kept in the plan beside what was agreed, and never taken away (417/2007 30 §). */
export const dissentingView = kindSince(3, {
  view: decide({
    whose: z.enum(dissenters),
    name: nameText,
    about: lineText,
    text: proseText,
    date: civilDateSchema.nullable(),
  }),
});

export const meetingWays = ['at-home', 'at-office', 'remote', 'elsewhere'] as const;

/** Neuvottelu, jossa suunnitelma laadittiin tai tarkistettiin. */
export const planMeeting = kindSince(3, {
  meeting: decide({
    date: civilDateSchema.nullable(),
    way: z.enum(meetingWays),
    place: lineText,
    about: lineText,
    /** Members of the region's staff who were there. */
    personIds: z.array(idSchema).max(100),
    /** Everybody else, with how they stand to the client. */
    participants: proseText,
  }),
  /** When a meeting that was held with the plan on the screen began and ended, by the clock on the wall. */
  course: decide({ startedAt: wallClockText, endedAt: wallClockText }),
});

/** Varautuminen: what is done when something fails, by whom, and when it was last tried. */
export const contingency = kindSince(3, {
  measure: decide({
    trigger: contingencyTriggerId,
    text: proseText,
    name: lineText,
    phone: nameText,
    testedOn: civilDateSchema.nullable(),
  }),
});
