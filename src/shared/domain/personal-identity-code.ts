import { FinnishSSN } from 'finnish-ssn';
import type { CivilDate } from './civil-date.ts';

/** Henkilötunnus: DDMMYY, a separator naming the century, an individual number and a check character. */
export type PersonalIdentityCode = string;

/** Since 2023 the separator belongs to the identity: `100190-999P` and `100190Y999P` are two people (dvv.fi). */
const centuryBySeparator: ReadonlyMap<string, string> = new Map([
  ['+', '18'],
  ...[...'-YXWVU'].map((separator) => [separator, '19'] as const),
  ...[...'ABCDEF'].map((separator) => [separator, '20'] as const),
]);

const checkCharacters = '0123456789ABCDEFHJKLMNPRSTUVWXY';

/** What a person typed, as the code is written: no spaces, capital letters, the hyphen a plain one. */
export const tidyPersonalIdentityCode = (typed: string): PersonalIdentityCode =>
  typed
    .replaceAll(/\s/gu, '')
    .replaceAll(/[‐-–−]/gu, '-')
    .toUpperCase();

export type PersonalIdentityCodeProblem = 'format' | 'date' | 'check-character';

/** What is wrong with a tidy code, or null when it is valid. */
export const personalIdentityCodeProblem = (
  code: PersonalIdentityCode,
): PersonalIdentityCodeProblem | null => {
  if (!/^\d{6}[-+YXWVUA-F]\d{3}[0-9A-Y]$/u.test(code)) return 'format';
  if (checkCharacterFor(code.slice(0, 6), code.slice(7, 10)) !== code.slice(10)) {
    return 'check-character';
  }
  return FinnishSSN.validate(code) ? null : 'date';
};

export const checkCharacterFor = (birthDigits: string, individualNumber: string): string =>
  checkCharacters[Number(birthDigits + individualNumber) % 31] ?? '';

/** The birth date that a valid code carries. */
export const birthDateOf = (code: PersonalIdentityCode): CivilDate =>
  `${centuryBySeparator.get(code.slice(6, 7)) ?? '20'}${code.slice(4, 6)}-${code.slice(2, 4)}-${code.slice(0, 2)}`;
