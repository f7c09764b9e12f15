import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon.tsx';
import { type GoalAchievement, StatusSign } from './status-sign.tsx';
import { Tag } from './tag.tsx';
import { VisuallyHidden } from './visually-hidden.tsx';

export type Trend = 'better' | 'same' | 'worse';

/** Where it is going: arrow and word. */
export const TrendSign = ({ trend }: { readonly trend: Trend }) => {
  const { t } = useTranslation('records');
  switch (trend) {
    case 'better':
      return (
        <span className="trend trend-better">
          <Icon name="trendBetter" size={14} />
          {t('achievement.improving')}
        </span>
      );
    case 'worse':
      return (
        <span className="trend trend-worse">
          <Icon name="trendWorse" size={14} />
          {t('achievement.worsening')}
        </span>
      );
    default:
      return (
        <span className="trend trend-same">
          <Icon name="trendSame" size={14} />
          {t('achievement.no-change')}
        </span>
      );
  }
};

/** How a goal goes: a trend while it is pursued, a status once it is settled. */
export const AchievementSign = ({ achievement }: { readonly achievement: GoalAchievement }) => {
  switch (achievement) {
    case 'improving':
      return <TrendSign trend="better" />;
    case 'no-change':
      return <TrendSign trend="same" />;
    case 'worsening':
      return <TrendSign trend="worse" />;
    default:
      return <StatusSign of="achievement" status={achievement} />;
  }
};

export type Gap =
  | 'responsible'
  | 'deputy'
  | 'measure'
  | 'goal'
  | 'start'
  | 'element'
  | 'acceptance'
  | 'review'
  | 'review-past'
  | 'check'
  | 'check-past';

/** Something the plan lacks: dashed ring and word. */
export const GapSign = ({ gap }: { readonly gap: Gap }) => {
  const { t } = useTranslation('components');
  const words: Readonly<Record<Gap, string>> = {
    responsible: t('gap.responsible'),
    deputy: t('gap.deputy'),
    measure: t('gap.measure'),
    goal: t('gap.goal'),
    start: t('gap.start'),
    element: t('gap.element'),
    acceptance: t('gap.acceptance'),
    review: t('gap.review'),
    'review-past': t('gap.review-past'),
    check: t('gap.check'),
    'check-past': t('gap.check-past'),
  };
  return (
    <span className="gap-sign">
      <Icon name="gap" size={14} />
      {words[gap]}
    </span>
  );
};

/** How many versions stand side by side, waiting for a person. */
export const ForkSign = ({ versions = 2 }: { readonly versions?: number }) => {
  const { t } = useTranslation('components');
  return (
    <Tag tone="fork" icon="fork">
      {t('fork.versions', { count: versions })}
    </Tag>
  );
};

/** How many gaps or changes, as a tag. */
export const GapTag = ({ count }: { readonly count: number }) => {
  const { t } = useTranslation('components');
  return (
    <Tag tone="mark" icon="gap">
      {t('gap.count', { count })}
    </Tag>
  );
};

export type ChangedMarkProps = {
  /** What changed; marked by an ochre edge that fades. Without it only the dot is drawn. */
  readonly children?: ReactNode;
};

/** Changed since one last looked. */
export const ChangedMark = ({ children }: ChangedMarkProps) => {
  const { t } = useTranslation('components');
  const words = <VisuallyHidden>{t('changed.sinceLook')}</VisuallyHidden>;
  if (children === undefined) {
    return (
      <span className="dot" title={t('changed.sinceLook')}>
        {words}
      </span>
    );
  }
  return (
    <div className="changed">
      {words}
      {children}
    </div>
  );
};
