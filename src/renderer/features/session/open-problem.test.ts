import { expect, test } from 'vitest';
import fi from '#resources/locales/fi/problems.json' with { type: 'json' };
import { remedyFor } from './open-problem.ts';

test.each([
  ['case-file-wrong-secret', 'type-again'],
  ['region-wrong-credentials', 'type-again'],
  ['secret-too-short', 'type-again'],
  ['provider-away', 'try-again'],
  ['provider-refused', 'try-again'],
  ['provider-denied', 'try-again'],
  ['provider-proof-refused', 'try-again'],
  ['provider-no-access', 'try-again'],
  ['provider-timeout', 'try-again'],
  ['provider-attempt-over', 'try-again'],
  ['provider-not-offered', 'try-again'],
  ['region-no-access', 'try-again'],
  ['case-file-damaged', 'set-aside'],
  ['case-file-empty', 'set-aside'],
  ['case-file-missing-wal', 'set-aside'],
  ['case-file-newer-schema', 'update'],
  ['case-file-in-use', 'close-other'],
  ['case-file-key-chain-needed', 'try-again'],
  ['region-offline', 'try-again'],
  ['region-not-a-region', 'try-again'],
])('%s: %s, and words that are its own', (code, remedy) => {
  expect(remedyFor({ code })).toBe(remedy);
  expect(Object.keys(fi.codes)).toContain(code);
});

test('a slow-down is waited out, whatever its code', () => {
  expect(remedyFor({ code: 'region-slow-down', retryAfterSeconds: 30 })).toBe('wait');
});
