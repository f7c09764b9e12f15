import { describe, expect, it } from 'vitest';
import { ageOn } from '#shared/domain/civil-date.ts';
import { birthDateOf, personalIdentityCodeProblem } from '#shared/domain/personal-identity-code.ts';
import { agesOf, identityOf } from './identity-codes.ts';
import { clientIdentity } from './profile.ts';

const today = '2026-11-24';

describe('artificial personal identity codes', () => {
  it('are unique for 100,000 clients', () => {
    const codes = new Set<string>(['140347-926E']);
    for (let index = 1; index < 100_000; index += 1)
      codes.add(clientIdentity(index, 7, today).code);
    expect(codes.size).toBe(100_000);
  });

  it('are valid, of the 900 series, and agree with birth date, age and sex', () => {
    for (const band of ['child', 'adult', 'older'] as const) {
      for (let ordinal = 0; ordinal < 2_000; ordinal += 1) {
        const { code, birthDate, sex } = identityOf(band, ordinal, 7, today);
        expect(personalIdentityCodeProblem(code)).toBeNull();
        expect(Number(code.slice(7, 10))).toBeGreaterThanOrEqual(900);
        expect(birthDateOf(code)).toBe(birthDate);
        expect(Number(code.slice(9, 10)) % 2 === 0).toBe(sex === 'female');
        const age = ageOn(birthDate, today);
        expect(age).toBeGreaterThanOrEqual(agesOf[band][0]);
        expect(age).toBeLessThanOrEqual(agesOf[band][1]);
      }
    }
  });

  it('hold on a leap day too', () => {
    const ages = Array.from({ length: 500 }, (_, ordinal) =>
      ageOn(identityOf('child', ordinal, 1, '2028-02-29').birthDate, '2028-02-29'),
    );
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(3);
    expect(Math.max(...ages)).toBeLessThanOrEqual(17);
  });

  it('are refused when a band has no more people to give', () => {
    expect(() => identityOf('child', 10_000_000, 1, today)).toThrow(RangeError);
  });
});
