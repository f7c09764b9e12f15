import { useTranslation } from 'react-i18next';
import { TextLink } from '#renderer/components/button.tsx';
import { formatNumber, languageOf } from '#renderer/components/format.ts';
import { Tooltip } from '#renderer/components/tooltip.tsx';
import type { PlanScore } from '../plan-model/index.ts';

/** `T 46,2`: how the plan's goals have been reached as a whole; what it means on hover and focus. */
export const ScoreWords = ({
  score,
  href,
}: {
  readonly score: PlanScore;
  readonly href: string;
}) => {
  const { t, i18n } = useTranslation('goals');
  const number = formatNumber(score.score, languageOf(i18n.language), { decimals: 1 });
  return (
    <Tooltip text={t('score.about', { rated: score.rated, goals: score.goals })}>
      <TextLink href={href}>{t('score.words', { score: number })}</TextLink>
    </Tooltip>
  );
};
