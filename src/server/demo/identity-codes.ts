import type { CivilDate } from '#shared/domain/civil-date.ts';
import {
  checkCharacterFor,
  type PersonalIdentityCode,
} from '#shared/domain/personal-identity-code.ts';
import { civilDate, yearsBefore, type DayNumber } from './days.ts';

export type AgeBand = 'child' | 'adult' | 'older';

/** The ages, in whole years, that a band covers on the region's day. */
export const agesOf: Readonly<Record<AgeBand, readonly [number, number]>> = {
  child: [3, 17],
  adult: [19, 64],
  older: [66, 96],
};

export type Identity = {
  readonly code: PersonalIdentityCode;
  readonly birthDate: CivilDate;
  readonly sex: 'female' | 'male';
};

/** The individual numbers 900–999 are never given to a real person. */
const firstArtificial = 900;
const artificialCount = 100;

/** A prime larger than any band: multiplying by it modulo the band's size visits every slot once. */
const stride = 1_000_000_007;

const birthDays = (band: AgeBand, today: CivilDate): { first: DayNumber; days: number } => {
  const [youngest, oldest] = agesOf[band];
  const first = yearsBefore(today, oldest + 1) + 1;
  return { first, days: yearsBefore(today, youngest) - first + 1 };
};

/**
 * The identity of a band's n-th person. Different people of a band never share birth day and
 * individual number, and no two bands share a birth day, so every code is unique without a list of
 * those already given.
 */
export const identityOf = (
  band: AgeBand,
  ordinal: number,
  seed: number,
  today: CivilDate,
): Identity => {
  const { first, days } = birthDays(band, today);
  const slots = days * artificialCount;
  if (ordinal >= slots) throw new RangeError(`The ${band} band holds ${slots} people.`);
  // Stays a safe integer up to nine million people in a band.
  const slot = (ordinal * stride + (seed >>> 0)) % slots;
  const birthDate = civilDate(first + (slot % days));
  const individual = String(firstArtificial + Math.floor(slot / days));
  return {
    code: codeOf(birthDate, individual, slot),
    birthDate,
    sex: Number(individual) % 2 === 0 ? 'female' : 'male',
  };
};

/** Some carry a separator of 2023, as some newborns and newcomers have since then. */
const codeOf = (birthDate: CivilDate, individual: string, slot: number): PersonalIdentityCode => {
  const digits = `${birthDate.slice(8, 10)}${birthDate.slice(5, 7)}${birthDate.slice(2, 4)}`;
  const newer = slot % 197 === 0;
  const separator = birthDate.startsWith('19') ? (newer ? 'Y' : '-') : newer ? 'B' : 'A';
  return `${digits}${separator}${individual}${checkCharacterFor(digits, individual)}`;
};
