import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

const folder = path.resolve(import.meta.dirname, '../../resources/locales');
const languages = ['fi', 'sv', 'en'] as const;
type Language = (typeof languages)[number];

type Words = { readonly [key: string]: string | Words };
const wordsSchema: z.ZodType<Words> = z.lazy(() =>
  z.record(z.string(), z.union([z.string(), wordsSchema])),
);

const namespaces = readdirSync(path.join(folder, 'fi'))
  .filter((name) => name.endsWith('.json'))
  .toSorted();

function read(language: Language, namespace: string): ReadonlyMap<string, string> {
  const text = readFileSync(path.join(folder, language, namespace), 'utf8');
  return new Map(flatten(wordsSchema.parse(JSON.parse(text)), ''));
}

function flatten(words: Words, prefix: string): readonly (readonly [string, string])[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as const]
      : flatten(value, `${prefix}${key}.`),
  );
}

/** `{{name}}` and the tags of a sentence with a link in it, each as often as it stands there. */
function placeholders(key: string, text: string): readonly string[] {
  const found = [...text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}|<\/?[\w]+\s*\/?>/g)];
  const names = found.map(([whole, name]) => name ?? whole);
  // "One change" may be written without the figure.
  return (key.endsWith('_one') ? names.filter((name) => name !== 'count') : names).toSorted();
}

test('every language has the same files', () => {
  expect(namespaces.length).toBeGreaterThan(0);
  for (const language of languages) {
    expect(readdirSync(path.join(folder, language)).toSorted(), language).toEqual(namespaces);
  }
});

describe.each(namespaces)('%s', (namespace) => {
  const finnish = read('fi', namespace);

  test.each(languages)('%s has the same keys', (language) => {
    const keys = [...read(language, namespace).keys()];
    expect(keys.toSorted()).toEqual([...finnish.keys()].toSorted());
  });

  test.each(languages)('%s has the same placeholders', (language) => {
    const words = read(language, namespace);
    for (const [key, text] of finnish) {
      expect(placeholders(key, words.get(key) ?? ''), key).toEqual(placeholders(key, text));
    }
  });

  test.each(languages)(
    '%s has no empty words, no key in place of words, no shouting',
    (language) => {
      for (const [key, text] of read(language, namespace)) {
        expect(text.trim(), key).not.toBe('');
        expect(text, key).not.toBe(key);
        expect(text, key).not.toContain('!');
      }
    },
  );

  test.each(languages)('%s has words for one and for many', (language) => {
    const keys = [...read(language, namespace).keys()];
    const stems = (ending: string): readonly string[] =>
      keys.filter((key) => key.endsWith(ending)).map((key) => key.slice(0, -ending.length));
    expect(stems('_one').toSorted()).toEqual(stems('_other').toSorted());
  });
});
