import { expect, test } from 'vitest';
import { keyActionOf } from './keys.ts';

const press = (key: string, part: Partial<Parameters<typeof keyActionOf>[0]> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  ...part,
});

test('find, lock, menu, tabs, keys', () => {
  expect(keyActionOf(press('k', { ctrlKey: true }), true)).toEqual({ action: 'find' });
  expect(keyActionOf(press('L', { ctrlKey: true }), true)).toEqual({ action: 'lock' });
  expect(keyActionOf(press('2', { code: 'Digit2', ctrlKey: true }), true)).toEqual({
    action: 'menu',
    index: 1,
  });
  expect(keyActionOf(press('@', { code: 'Digit2', altKey: true }), true)).toEqual({
    action: 'tab',
    index: 1,
  });
  expect(keyActionOf(press('0', { code: 'Digit0', altKey: true }), true)).toEqual({
    action: 'density',
  });
  expect(keyActionOf(press('0', { code: 'Digit0', ctrlKey: true }), true)).toBeNull();
  expect(keyActionOf(press('b', { ctrlKey: true }), true)).toEqual({ action: 'beside' });
  expect(keyActionOf(press('F6'), true)).toEqual({ action: 'otherSide' });
  expect(keyActionOf(press('?', { shiftKey: true }), false)).toEqual({ action: 'keys' });
});

test('a question mark in a field is a question mark; AltGr writes letters', () => {
  expect(keyActionOf(press('?', { shiftKey: true }), true)).toBeNull();
  expect(keyActionOf(press('£', { code: 'Digit3', ctrlKey: true, altKey: true }), true)).toBeNull();
});
