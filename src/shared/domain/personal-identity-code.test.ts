import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  birthDateOf,
  checkCharacterFor,
  personalIdentityCodeProblem as problem,
  tidyPersonalIdentityCode as tidy,
} from './personal-identity-code.ts';

const checkCharacters = '0123456789ABCDEFHJKLMNPRSTUVWXY';
const digits = (number: number, length: number): string => `${number}`.padStart(length, '0');

/** Valid codes of the artificial series, with every separator. */
const codes = fc
  .record({
    day: fc.integer({ min: 1, max: 28 }),
    month: fc.integer({ min: 1, max: 12 }),
    year: fc.nat({ max: 99 }),
    separator: fc.constantFrom(...'+-YXWVUABCDEF'),
    number: fc.integer({ min: 900, max: 999 }),
  })
  .map(({ day, month, year, separator, number }) => {
    // Born from 1850 on, and not after 2029: the years that the codes in use can carry.
    const inUse =
      separator === '+' ? 50 + (year % 50) : '-YXWVU'.includes(separator) ? year : year % 30;
    const birth = `${digits(day, 2)}${digits(month, 2)}${digits(inUse, 2)}`;
    return `${birth}${separator}${number}${checkCharacterFor(birth, `${number}`)}`;
  });

describe('the personal identity code', () => {
  test('the published examples: two hold, one fails its own check', () => {
    expect(checkCharacterFor('131052', '308')).toBe('T');
    expect(problem('131052-308T')).toBeNull();
    expect(problem('100190-999P')).toBeNull();
    expect(problem('010190-999K')).toBe('check-character');
    expect(checkCharacterFor('010190', '999')).toBe('W');
  });

  test('the separator belongs to the identity: two people, born on one day', () => {
    expect(problem('100190Y999P')).toBeNull();
    expect(birthDateOf('100190Y999P')).toBe(birthDateOf('100190-999P'));
    expect(birthDateOf('100190-999P')).toBe('1990-01-10');
    expect(tidy('100190Y999P')).not.toBe(tidy('100190-999P'));
  });

  test.each([
    ['+', '1890'],
    ...[...'-YXWVU'].map((separator) => [separator, '1910']),
    ...[...'ABCDEF'].map((separator) => [separator, '2010']),
  ])('the separator %s names the century of %s', (separator, year) => {
    const birth = `0101${year.slice(2)}`;
    const code = `${birth}${separator}999${checkCharacterFor(birth, '999')}`;
    expect(problem(code)).toBeNull();
    expect(birthDateOf(code)).toBe(`${year}-01-01`);
  });

  test.each([...'GHIJKLMNOPQRSTZ/ *'])('no separator is %j', (separator) => {
    expect(problem(`100190${separator}999P`)).toBe('format');
  });

  test('29 February exists in leap years only', () => {
    const on = (birth: string, separator: string): string =>
      `${birth}${separator}999${checkCharacterFor(birth, '999')}`;
    expect(problem(on('290204', 'A'))).toBeNull();
    expect(problem(on('290203', 'A'))).toBe('date');
    expect(problem(on('290200', 'A'))).toBeNull();
    expect(problem(on('290200', '-'))).toBe('date');
    expect(problem(on('311190', '-'))).toBe('date');
    expect(problem(on('000190', '-'))).toBe('date');
    expect(problem(on('011390', '-'))).toBe('date');
  });

  test('any other check character is refused', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(problem(code)).toBeNull();
        for (const character of checkCharacters) {
          const other = code.slice(0, 10) + character;
          expect(problem(other)).toBe(other === code ? null : 'check-character');
        }
        for (const character of 'GIOQZ')
          expect(problem(code.slice(0, 10) + character)).not.toBeNull();
      }),
    );
  });

  test('one wrong digit anywhere is noticed', () => {
    fc.assert(
      fc.property(
        codes,
        fc.constantFrom(0, 1, 2, 3, 4, 5, 7, 8, 9),
        fc.nat({ max: 9 }),
        (code, at, digit) => {
          const wrong = `${code.slice(0, at)}${digit}${code.slice(at + 1)}`;
          expect(problem(wrong) === null).toBe(wrong === code);
        },
      ),
    );
  });

  test.each([
    '',
    '100190',
    '100190-999',
    '100190-999p',
    ' 100190-999P',
    '100190-999P\n',
    '１００１９０-999P',
  ])('%j is not one', (text) => {
    expect(problem(text)).toBe('format');
  });

  test.each(['100190-999p', ' 100190 - 999P ', '100190−999P', '100190–999P', '100190\u00a0-999P'])(
    'typed as %j it is understood',
    (typed) => {
      expect(tidy(typed)).toBe('100190-999P');
    },
  );
});
