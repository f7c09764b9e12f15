import { Link as AriaLink } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/domain/ids.ts';
import { planIdOf } from '#shared/domain/ids.ts';
import { formatDate, formatShortDate, languageOf } from '#renderer/components/format.ts';
import { markColour, professionWord } from '#renderer/components/professions.ts';
import { clientHref } from '#renderer/store/route.ts';
import type { BraidMeeting } from './braid-events.ts';
import type { Braid, Crossing } from './braid-geometry.ts';

export type BraidPictureProps = {
  readonly braid: Braid;
  readonly caseId: Id;
  readonly width: number;
  readonly today: string;
};

/** A month's name is left out where it would run into the day of today, which stands in the middle of its place. */
const nearToday = { before: 78, after: 30 };

const placeOf = (caseId: Id, meetings: readonly BraidMeeting[]): string => {
  const [one] = meetings;
  const plan = planIdOf(caseId);
  if (one === undefined || meetings.length > 1) {
    return clientHref(caseId, 'plan', { recordId: plan, group: 'plan-meeting' });
  }
  return one.of === 'review'
    ? clientHref(caseId, 'plan', { recordId: plan, group: 'review' })
    : clientHref(caseId, 'plan', { recordId: one.id });
};

/** The strands over time. What is drawn is told in words by the links upon it. */
export const BraidPicture = ({ braid, caseId, width, today }: BraidPictureProps) => {
  const { t, i18n } = useTranslation('overview');
  const language = languageOf(i18n.language);
  const { lanes, crossings, todayX, months, height } = braid;
  const month = new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' });
  const across = (x: number): string => `${(x / width) * 100}%`;
  const words = ({ meetings, isPlanned }: Crossing): string => {
    const told = meetings.map(({ of, date, marks }) =>
      t(`braid.${of}`, {
        date: formatDate(date),
        who: marks.map((mark) => professionWord(mark, language)).join(', '),
      }),
    );
    return [...(isPlanned ? [t('braid.planned')] : []), ...told].join('\n');
  };
  return (
    <div className="braid-picture">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        style={{ height }}
        aria-hidden
        focusable="false"
      >
        {months.map(({ x, first }) => (
          <path key={first} className="braid-month" d={`M${x} 0V${height}`} />
        ))}
        {lanes.map(({ strand: { mark }, held, planned }) => (
          <g key={mark} className="braid-strand" stroke={markColour(mark)}>
            <path d={held} />
            <path d={planned} className="braid-planned" />
          </g>
        ))}
        <path className="braid-today" d={`M${todayX} 0V${height}`} />
      </svg>
      <ul className="braid-crossings" aria-label={t('braid.meetings')}>
        {crossings.map((crossing) => (
          <li
            key={crossing.meetings[0]?.id}
            style={{ left: across(crossing.x), top: crossing.y }}
            title={words(crossing)}
          >
            <AriaLink href={placeOf(caseId, crossing.meetings)} aria-label={words(crossing)}>
              {crossing.meetings.length > 1 ? crossing.meetings.length : ''}
            </AriaLink>
          </li>
        ))}
      </ul>
      <div className="braid-days" aria-hidden>
        {months
          .filter(
            ({ x }) =>
              (x < todayX - nearToday.before || x > todayX + nearToday.after) && x < width - 20,
          )
          .map(({ x, first }) => (
            <span key={first} style={{ left: across(x) }}>
              {month.format(new Date(first))}
            </span>
          ))}
        <b style={{ left: across(todayX) }}>{formatShortDate(today, today)}</b>
      </div>
    </div>
  );
};
