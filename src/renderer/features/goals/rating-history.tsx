import { useTranslation } from 'react-i18next';
import { gasLevels } from '#shared/domain/goals/attainment.ts';
import { formatDate } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import type { Directory } from '#renderer/store/people.ts';
import type { Rating } from '../plan-model/index.ts';

const height = 44;
const width = 280;
const heightOf = (rating: Rating): number =>
  height - 4 - (gasLevels.indexOf(rating.level) * (height - 8)) / (gasLevels.length - 1);

/** The levels over time as steps; the list below says the same in words. */
const Steps = ({ ratings }: { readonly ratings: readonly Rating[] }) => {
  const days = ratings.map(({ date }) => Date.parse(date));
  const [first, last] = [days[0] ?? 0, days.at(-1) ?? 0];
  /** By its day, so that a long pause is seen as one; all of one day stand evenly. */
  const at = (index: number): number =>
    4 +
    (width - 8) *
      (last === first
        ? index / Math.max(1, ratings.length - 1)
        : ((days[index] ?? first) - first) / (last - first));
  return (
    <svg
      className="gas-steps"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={`M0 ${height / 2}H${width}`} stroke="var(--line-ui)" strokeDasharray="3 3" />
      <polyline
        fill="none"
        stroke="var(--accent)"
        strokeWidth="1.5"
        points={ratings.map((rating, index) => `${at(index)},${heightOf(rating)}`).join(' ')}
      />
      {ratings.map((rating, index) => (
        <circle
          key={rating.record.id}
          cx={at(index)}
          cy={heightOf(rating)}
          r="3"
          fill="var(--accent)"
        />
      ))}
    </svg>
  );
};

/** Every rating of a goal, the newest first. */
export const RatingHistory = ({
  ratings,
  directory,
}: {
  readonly ratings: readonly Rating[];
  readonly directory: Directory;
}) => {
  const { t } = useTranslation(['goals', 'records']);
  return (
    <details className="gas-history">
      <summary className="text-s">{t('history', { count: ratings.length })}</summary>
      {ratings.length > 1 && <Steps ratings={ratings} />}
      <ol className="list">
        {ratings.toReversed().map(({ record, level, view, date, comment, written }) => (
          <li key={record.id}>
            <span className="row">
              <b>{t(`records:gasLevel.${level}`)}</b>
              <span>{formatDate(date)}</span>
              <span className="muted">{t(`by.${view}`)}</span>
              <ProfessionName
                profession={written.profession}
                person={directory.nameOf(written.authorId) ?? t('records:someone')}
                size="small"
              />
            </span>
            {comment !== '' && (
              <span className="gas-comment">
                <PlainText text={comment} />
              </span>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
};
