import { expect, test } from 'vitest';
import { excerptParts } from './excerpt.ts';

test.each([
  ['ei osumaa', [['ei osumaa', false]]],
  [
    'käy \u2068sauna\u2069ssa ja \u2068sauna\u2069',
    [
      ['käy ', false],
      ['sauna', true],
      ['ssa ja ', false],
      ['sauna', true],
    ],
  ],
  ['\u2068loppuun asti', [['loppuun asti', true]]],
  ['irrallinen \u2069 merkki', [['irrallinen  merkki', false]]],
])('%s', (excerpt, parts) => {
  expect(excerptParts(excerpt).map(({ text, isFound }) => [text, isFound])).toEqual(parts);
});
