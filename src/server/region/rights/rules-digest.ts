import { createHash } from 'node:crypto';
import { finnishDayEnd, finnishDayStart } from '#shared/domain/civil-date.ts';
import { accessRules, openingGrounds, relationRules } from '#shared/domain/access/rules.ts';
import { compartments, professions } from '#shared/domain/codes.ts';

/** Names the rules of access that this program decides by: other rules are another name. */
export const rulesDigest: string = createHash('sha256')
  .update(
    JSON.stringify([accessRules, relationRules, openingGrounds, compartments, professions]),
    'utf8',
  )
  .digest('hex')
  .slice(0, 16);

/** The days on which a rule begins or ends, milliseconds since 1970, UTC. */
const ruleDates: readonly number[] = [...accessRules, ...openingGrounds].flatMap(
  ({ validFrom, validTo }) => [
    finnishDayStart(validFrom),
    ...(validTo === null ? [] : [finnishDayEnd(validTo)]),
  ],
);

/** When the next rule begins or ends; Infinity when none does. */
export const nextRuleDate = (nowMs: number): number =>
  Math.min(...ruleDates.filter((ms) => ms > nowMs));
