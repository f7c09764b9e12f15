import professionList from '#resources/codes/professions.json' with { type: 'json' };
import type { Language } from './format.ts';
import { professionGlyphs, type ProfessionMarkId } from './profession-glyphs.tsx';

/** The order of strands: the same in every gutter, legend and braid. */
export const strandOrder: readonly ProfessionMarkId[] = [
  'sostt',
  'sosohj',
  'palv',
  'laak',
  'sh',
  'kotih',
  'fysio',
  'toim',
  'psyk',
  'puhe',
  'ravi',
  'hammas',
  'other-social',
  'other-health',
  'other-external',
  'asiakas',
];

const clientNames = { fi: 'Asiakas', sv: 'Klient', en: 'Client' } as const;

type Entry = {
  readonly mark: ProfessionMarkId;
  readonly names: Readonly<Record<Language, string>>;
};

const isMark = (id: string): id is ProfessionMarkId => Object.hasOwn(professionGlyphs, id);

const entries: ReadonlyMap<string, Entry> = new Map([
  ...professionList.map(({ id, mark, fi, sv, en }): [string, Entry] => [
    id,
    { mark: isMark(mark) ? mark : 'other-health', names: { fi, sv, en } },
  ]),
  ['asiakas', { mark: 'asiakas', names: clientNames }],
]);

/** The marks that stand for one profession; the general ones stand for many and have no word. */
const byMark: ReadonlyMap<string, Entry> = new Map(
  [...entries.values()]
    .filter((entry) => !entry.mark.startsWith('other-'))
    .map((entry): [string, Entry] => [entry.mark, entry]),
);

/** Takes a profession's id of the code list (`physiotherapist`) or a mark's (`fysio`). */
export const markOf = (profession: string): ProfessionMarkId =>
  entries.get(profession)?.mark ?? (isMark(profession) ? profession : 'other-health');

/** The fill of a mark and of its strand; never a colour of text. */
export const markColour = (mark: ProfessionMarkId): string =>
  mark.startsWith('other-') ? 'var(--p-other)' : `var(--p-${mark})`;

/** The profession's word; an unknown id gives the word for any other professional. */
export const professionWord = (profession: string, language: Language): string => {
  const entry =
    entries.get(profession) ?? byMark.get(profession) ?? entries.get('other-professional');
  return entry?.names[language] ?? profession;
};
