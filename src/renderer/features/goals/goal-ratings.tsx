import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { Button } from '#renderer/components/button.tsx';
import { GapSign, TrendSign } from '#renderer/components/signs.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { valueOf } from '#renderer/store/reading.ts';
import {
  isMeasured,
  ratingsByGoal,
  standingOfGoal,
  type Rating,
  type RatingView,
} from '../plan-model/index.ts';
import { GasLadder } from './gas-ladder.tsx';
import { RateForm } from './rate-form.tsx';
import { RatingHistory } from './rating-history.tsx';

export type GoalRatingsProps = {
  readonly view: ClientView;
  readonly goal: RecordView;
  readonly directory: Directory;
  /** Whose view a new rating is until another is chosen. */
  readonly by?: RatingView;
};

const noRatings: readonly Rating[] = [];

/** How a goal goes: its scale with everybody's last rating, a new one, and those before. */
export const GoalRatings = ({ view, goal, directory, by = 'professional' }: GoalRatingsProps) => {
  const { t } = useTranslation('goals');
  const ratings = useMemo(() => ratingsByGoal(view).get(goal.id) ?? noRatings, [view, goal.id]);
  const standing = useMemo(() => standingOfGoal(ratings), [ratings]);
  const [isRating, setRating] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const scale = valueOf(goal, 'goal', 'scale');
  const close = (): void => {
    setRating(false);
    requestAnimationFrame(() => button.current?.focus());
  };
  return (
    <section className="goal-ratings" aria-label={t('title')}>
      <header className="row">
        <h3 className="text-s">{t('title')}</h3>
        {standing.trend !== null && <TrendSign trend={standing.trend} />}
        {!isMeasured(scale) && <GapSign gap="measure" />}
        {!isRating && (
          <span className="end">
            <Button ref={button} onPress={() => setRating(true)}>
              {t('rate.open')}
            </Button>
          </span>
        )}
      </header>
      <GasLadder scale={scale} standing={standing} />
      {isRating && <RateForm view={view} goal={goal} by={by} onClose={close} onRated={close} />}
      {ratings.length > 0 && <RatingHistory ratings={ratings} directory={directory} />}
    </section>
  );
};
