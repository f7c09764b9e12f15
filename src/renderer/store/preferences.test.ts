import { expect, test } from 'vitest';
import { readPreferences } from './preferences.ts';

test('Finnish first; Swedish when the system asks for it', () => {
  expect(readPreferences(null, ['de-DE']).language).toBe('fi');
  expect(readPreferences(null, ['sv-FI', 'fi']).language).toBe('sv');
});

test.each(['', '{', 'null', '7', '{"language":"xx","theme":5,"density":{}}'])(
  'what cannot be read is as if nothing had been chosen: %s',
  (stored) => {
    expect(readPreferences(stored, [])).toEqual({
      language: 'fi',
      theme: 'system',
      density: 'desk',
    });
  },
);

test('what was chosen stays chosen', () => {
  const chosen = { language: 'en', theme: 'dark', density: 'touch' };
  expect(readPreferences(JSON.stringify(chosen), ['sv'])).toEqual(chosen);
});
