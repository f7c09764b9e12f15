import { useTranslation } from 'react-i18next';
import { languageOf } from './format.ts';
import { PlainText } from './plain-text.tsx';
import { professionGlyphs, type ProfessionMarkId } from './profession-glyphs.tsx';
import { markColour, markOf, professionWord } from './professions.ts';

/** Pixels: 13.5 in a gutter's head, 16 in a dense row, 18 beside text, 22 and 28 beside two lines. */
export type MarkSize = 'tiny' | 'small' | 'text' | 'medium' | 'big';

type Shape = 'square' | 'circle' | 'outline-circle' | 'outline-square';

const shapeOf = (mark: ProfessionMarkId): Shape => {
  switch (mark) {
    case 'sostt':
    case 'sosohj':
    case 'palv':
    case 'other-social':
      return 'square';
    case 'other-external':
      return 'outline-square';
    case 'asiakas':
      return 'outline-circle';
    default:
      return 'circle';
  }
};

export type ProfessionMarkProps = {
  /** A profession of the code list or a mark's own id. */
  readonly profession: string;
  readonly size?: MarkSize;
  /** Only where no word stands beside the mark: it is then read out and shown on hover. */
  readonly label?: string;
};

/**
 * Square for social care, circle for health care, an outlined square for another sector, an outlined
 * circle for the client and family.
 */
export const ProfessionMark = ({ profession, size = 'text', label }: ProfessionMarkProps) => {
  const mark = markOf(profession);
  const shape = shapeOf(mark);
  const colour = markColour(mark);
  return (
    <svg
      className={`mark mark-${size}`}
      viewBox="0 0 20 20"
      focusable="false"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {label !== undefined && <title>{label}</title>}
      {shape === 'square' && <rect x=".5" y=".5" width="19" height="19" rx="4.5" fill={colour} />}
      {shape === 'circle' && <circle cx="10" cy="10" r="9.7" fill={colour} />}
      {shape === 'outline-square' && (
        <rect
          x="1"
          y="1"
          width="18"
          height="18"
          rx="4"
          fill="var(--surface)"
          stroke={colour}
          strokeWidth="1.5"
        />
      )}
      {shape === 'outline-circle' && (
        <circle cx="10" cy="10" r="9" fill="var(--surface)" stroke={colour} strokeWidth="1.5" />
      )}
      <g
        fill="none"
        stroke={shape.startsWith('outline') ? colour : 'var(--glyph)'}
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        {professionGlyphs[mark]}
      </g>
    </svg>
  );
};

export type ProfessionNameProps = {
  readonly profession: string;
  /** The person; without one the profession's own word stands as the name. */
  readonly person?: string;
  /** Show the profession's word after the person's name, as text of second rank. */
  readonly withProfession?: boolean;
  readonly size?: MarkSize;
};

/**
 * Mark and word together. Where the person's name alone is drawn, the profession is still read out:
 * the mark is then its sign.
 */
export const ProfessionName = ({
  profession,
  person,
  withProfession = false,
  size = 'text',
}: ProfessionNameProps) => {
  const { i18n } = useTranslation('components');
  const word = professionWord(profession, languageOf(i18n.language));
  const drawn = person === undefined || withProfession;
  return (
    <span className="profession-name">
      <ProfessionMark profession={profession} size={size} {...(drawn ? {} : { label: word })} />
      <span className="cut">
        {person === undefined ? (
          word
        ) : (
          <>
            <PlainText text={person} />
            {withProfession && <span className="muted"> {word.toLocaleLowerCase('fi')}</span>}
          </>
        )}
      </span>
    </span>
  );
};
