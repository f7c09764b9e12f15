import { expect, test } from 'vitest';
import { clockOf } from './typed-clock.ts';

test.each([
  ['14.05', '14:05'],
  ['9.5', '09:05'],
  ['14:05', '14:05'],
  ['1405', '14:05'],
  ['24.00', null],
  ['12.60', null],
  ['kaksi', null],
  ['', null],
])('the clock %s', (typed, clock) => {
  expect(clockOf(typed)).toBe(clock);
});
