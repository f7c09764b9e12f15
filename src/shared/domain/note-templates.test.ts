import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { professions } from './codes.ts';
import { noteTemplates, templatesFor, withHeadings } from './note-templates.ts';
import { noteKinds } from './records/note.ts';

const template = (id: string) => {
  const found = noteTemplates.find((each) => each.id === id);
  if (!found) throw new Error(`No template ${id}`);
  return found;
};

describe('the templates of notes', () => {
  test('name professions and kinds that there are, and have as many headings in each language', () => {
    const known = new Set(professions.map(({ id }) => id));
    for (const { professions: whose, kinds, headings } of noteTemplates) {
      expect(whose.filter((id) => !known.has(id))).toEqual([]);
      expect(kinds.filter((kind) => !noteKinds.includes(kind))).toEqual([]);
      expect(headings.sv).toHaveLength(headings.fi.length);
      expect(headings.en).toHaveLength(headings.fi.length);
    }
  });

  test('are one’s own profession’s and everybody’s, those for the kind first', () => {
    const ids = (profession: string | null, kind: string) =>
      templatesFor(profession, kind).map(({ id }) => id);
    expect(ids('home-care-nurse', 'home-visit')).toEqual([
      'home-care-visit',
      'isbar',
      'network-meeting',
    ]);
    expect(ids('home-care-nurse', 'hand-over')[0]).toBe('isbar');
    expect(ids(null, 'other')).toEqual(['isbar', 'network-meeting']);
  });
});

describe('headings put under a text', () => {
  test('begin an empty note, and go below what is written', () => {
    const handOver = template('isbar');
    expect(withHeadings('', handOver, 'fi')).toMatch(/^Tunnista.*:\n\nTilanne:\n\nTausta:/u);
    expect(withHeadings('Kaatui yöllä.  \n', handOver, 'fi')).toMatch(
      /^Kaatui yöllä\.\n\nTunnista/u,
    );
  });

  test('never change what is written, and stand there once', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom(...noteTemplates),
        fc.constantFrom('fi', 'sv', 'en'),
        (text, each, language) => {
          const once = withHeadings(text, each, language);
          expect(once.startsWith(text.trimEnd())).toBe(true);
          expect(withHeadings(once, each, language).trimEnd()).toBe(once.trimEnd());
        },
      ),
    );
  });
});
