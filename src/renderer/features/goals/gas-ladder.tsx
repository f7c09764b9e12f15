import { useTranslation } from 'react-i18next';
import { gasLevels } from '#shared/domain/goals/attainment.ts';
import { ratingViews } from '#shared/domain/records/goal-scale.ts';
import { formatShortDate } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { useToday } from '#renderer/store/use-now.ts';
import { levelTexts, type GoalScale, type Standing } from '../plan-model/index.ts';

/** The levels of a goal, the best on top, and beside each whose last rating it is: views side by side. */
export const GasLadder = ({
  scale,
  standing,
}: {
  readonly scale: GoalScale | null;
  readonly standing: Standing;
}) => {
  const { t } = useTranslation(['goals', 'records']);
  const today = useToday();
  const texts = levelTexts(scale);
  return (
    <table className="gas-ladder">
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{t('ladder.level')}</th>
          <th scope="col">{t('ladder.meaning')}</th>
          <th scope="col">{t('ladder.rated')}</th>
        </tr>
      </thead>
      <tbody>
        {gasLevels
          .map((level, index) => {
            const raters = ratingViews.flatMap((view) => {
              const rating = standing.byView[view];
              return rating?.level === level ? [{ view, rating }] : [];
            });
            return (
              <tr key={level} className={standing.now === level ? 'gas-now' : ''}>
                <th scope="row" className={`gas-level gas-level-${level}`}>
                  {t(`records:gasLevel.${level}`)}
                </th>
                <td>
                  {texts[index] ? (
                    <PlainText text={texts[index]} />
                  ) : (
                    <span className="muted">{t(`level.${level}`)}</span>
                  )}
                </td>
                <td className="gas-raters">
                  {raters.map(({ view, rating }) => (
                    <span key={view} className={`gas-rater gas-rater-${view}`}>
                      {t(`by.${view}`)} {formatShortDate(rating.date, today)}
                    </span>
                  ))}
                  {scale?.start === level && <span className="muted">{t('ladder.start')}</span>}
                </td>
              </tr>
            );
          })
          .toReversed()}
      </tbody>
    </table>
  );
};
