import { expect, test } from 'vitest';
import { chordOf, type Pressed } from './use-shortcuts.ts';

const press = (key: string, rest: Partial<Pressed> = {}): string =>
  chordOf({
    key,
    code: '',
    ctrlKey: false,
    altKey: false,
    shiftKey: false,
    metaKey: false,
    ...rest,
  });

test('chords are named as in the list of keys', () => {
  expect(press('k', { ctrlKey: true })).toBe('Ctrl K');
  expect(press('Enter', { ctrlKey: true })).toBe('Ctrl Enter');
  expect(press('F7')).toBe('F7');
  expect(press('F7', { shiftKey: true })).toBe('Shift F7');
  expect(press('n')).toBe('N');
});

test('a sign made with Shift is the sign', () => {
  expect(press('?', { shiftKey: true, code: 'Minus' })).toBe('?');
});

test('a digit under Alt or Ctrl is told by its place', () => {
  expect(press('¡', { altKey: true, code: 'Digit1' })).toBe('Alt 1');
  expect(press('3', { ctrlKey: true, code: 'Digit3' })).toBe('Ctrl 3');
});
