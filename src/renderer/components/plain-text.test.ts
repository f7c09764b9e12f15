import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainParts, plainString } from './plain-text.tsx';

const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u;

test('ordinary text stays as it is, line breaks, tabs and emoji included', () => {
  for (const text of [
    '',
    'Äiti sanoi: ”ei”.',
    'rivi\n\trivi',
    '👩‍⚕️ käy',
    'שלום',
    '<img onerror=x>',
  ]) {
    expect(plainString(text)).toBe(text);
  }
  expect(plainString('rivi\r\nrivi')).toBe('rivi\nrivi');
});

test('a right-to-left override is shown, not obeyed', () => {
  expect(plainParts('annos \u202e5,2 mg')).toEqual([
    { kind: 'text', text: 'annos ' },
    { kind: 'control', symbol: '⇄', code: 'U+202E' },
    { kind: 'text', text: '5,2 mg' },
  ]);
});

test('control characters appear as their symbols', () => {
  expect(plainString('a\u0000b\u001bc\u007f')).toBe('a␀b␛c␡');
  expect(plainString('a\u0085\u200b\ufeff\u{e0041}')).toBe('a����');
  expect(plainString('half \ud83d pair')).toBe('half � pair');
});

test('whatever comes in, nothing that steers goes out, and no readable character is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = plainString(text);
      expect(shown).not.toMatch(steering);
      const readable = (value: string) => value.replaceAll(/[^\p{L}\p{N}]/gu, '');
      expect(readable(shown)).toBe(readable(text));
    }),
  );
});
