import { useTranslation } from 'react-i18next';
import { languageOf } from './format.ts';
import type { ProfessionMarkId } from './profession-glyphs.tsx';
import { ProfessionMark } from './profession-mark.tsx';
import { markColour, markOf, professionWord, strandOrder } from './professions.ts';

/** Vastaa, tekee, tiedoksi. */
export type StrandRole = 'answers' | 'does' | 'informed';

export type Strand = { readonly profession: string; readonly role: StrandRole };

const slotWidth = 14;
const rank: Readonly<Record<StrandRole, number>> = { answers: 0, does: 1, informed: 2 };

/** The slots a plan needs, in the order that is the same everywhere. */
export const slotsOf = (professions: Iterable<string>): readonly ProfessionMarkId[] => {
  const present = new Set([...professions].map(markOf));
  return strandOrder.filter((mark) => present.has(mark));
};

/** The strongest role per slot: who answers also does, who does is also informed. */
const strongest = (strands: readonly Strand[]): ReadonlyMap<ProfessionMarkId, StrandRole> => {
  const roles = new Map<ProfessionMarkId, StrandRole>();
  for (const { profession, role } of strands) {
    const mark = markOf(profession);
    const known = roles.get(mark);
    if (known === undefined || rank[role] < rank[known]) roles.set(mark, role);
  }
  return roles;
};

export type StrandGutterProps = {
  /** From `slotsOf`: one per profession in the plan, equal on every row. */
  readonly slots: readonly ProfessionMarkId[];
  readonly strands: readonly Strand[];
};

/** One row of the responsibility matrix, as tall as its row. Its words are its accessible name. */
export const StrandGutter = ({ slots, strands }: StrandGutterProps) => {
  const { t, i18n } = useTranslation('components');
  const language = languageOf(i18n.language);
  const roles = strongest(strands);
  const wordsOf = (role: StrandRole): string =>
    [
      ...new Set(
        strands
          .filter((strand) => strand.role === role)
          .map((strand) => professionWord(strand.profession, language).toLocaleLowerCase(language)),
      ),
    ].join(', ');
  const said = [
    { words: wordsOf('answers'), role: t('strand.answers') },
    { words: wordsOf('does'), role: t('strand.does') },
    { words: wordsOf('informed'), role: t('strand.informed') },
  ]
    .filter(({ words }) => words !== '')
    .map(({ words, role }) => `${role} ${words}`)
    .join('; ');
  return (
    <svg
      className="gutter"
      width={slots.length * slotWidth}
      height="100%"
      role="img"
      aria-label={said === '' ? t('strand.none') : said}
      focusable="false"
    >
      {slots.map((mark, index) => {
        const role = roles.get(mark);
        if (role === undefined) return undefined;
        const x = index * slotWidth + slotWidth / 2;
        return (
          <line
            key={mark}
            x1={x}
            x2={x}
            y1="0"
            y2="100%"
            stroke={markColour(mark)}
            strokeWidth={role === 'answers' ? 6 : 2.5}
            {...(role === 'informed' ? { strokeDasharray: '2.5 3.5' } : {})}
          />
        );
      })}
    </svg>
  );
};

/** The gutter's head: one small mark per slot, each read out. */
export const GutterHead = ({ slots }: { readonly slots: readonly ProfessionMarkId[] }) => {
  const { i18n } = useTranslation('components');
  return (
    <span className="gutter-head">
      {slots.map((mark) => (
        <span key={mark} className="gutter-slot">
          <ProfessionMark
            profession={mark}
            size="tiny"
            label={professionWord(mark, languageOf(i18n.language))}
          />
        </span>
      ))}
    </span>
  );
};
