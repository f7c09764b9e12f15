import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { formatMoment, languageOf } from '#renderer/components/format.ts';
import { VisuallyHidden } from '#renderer/components/visually-hidden.tsx';
import {
  useEndOpeningHereMutation,
  useEndOpeningMutation,
  useReadOpeningsQuery,
} from '#renderer/store/calls/openings-api.ts';
import { useSyncNowMutation } from '#renderer/store/calls/sync-api.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useNow } from '#renderer/store/use-now.ts';
import { useProblemWords } from '../problems/index.ts';
import { runningOf, type Running } from './running.ts';
import { isNearEnd, timeLeft } from './time-left.ts';

const OpeningLine = ({
  running,
  onEnd,
}: {
  readonly running: Running;
  readonly onEnd: () => void;
}) => {
  const { t, i18n } = useTranslation('openings');
  const words = useProblemWords();
  const now = useNow();
  const [end, ending] = useEndOpeningMutation();
  const [endHere, endingHere] = useEndOpeningHereMutation();
  const [syncNow] = useSyncNowMutation();
  const { openingId, kind, untilMs, untold } = running;
  const left = timeLeft(untilMs, now);
  if (left === null) return undefined;
  const error = ending.error ?? endingHere.error;
  const stop = async (): Promise<void> => {
    const done = await (untold ? endHere({ openingId }) : end({ openingId }));
    if (done.error !== undefined) return;
    onEnd();
    void syncNow();
  };
  return (
    <Banner
      tone="bad"
      title={t(`line.${kind}`)}
      actions={
        <Button
          variant="bad"
          isPending={ending.isLoading || endingHere.isLoading}
          onPress={() => void stop()}
        >
          {t('line.stop')}
        </Button>
      }
    >
      <b className="nowrap">
        {left.hours === 0
          ? t('line.minutesLeft', { count: left.minutes })
          : left.minutes === 0
            ? t('line.onlyHours', { count: left.hours })
            : t('line.hoursLeft', { hours: left.hours, minutes: left.minutes })}
      </b>{' '}
      {t('line.until', { moment: formatMoment(untilMs, now, languageOf(i18n.language)) })}{' '}
      {t('line.seen')} {kind === 'emergency' && t('line.told')} {untold && t('line.untold')}
      {error !== undefined && <span role="alert"> {words(problemOf(error))}</span>}
      <VisuallyHidden>
        <span role="status">{isNearEnd(untilMs, now) ? t('line.soon') : ''}</span>
      </VisuallyHidden>
    </Banner>
  );
};

/** A red line for each opening that runs on the client in sight: why, how long still, and its end. */
export const OpeningLines = ({
  view,
  onEnd,
}: {
  readonly view: ClientView;
  /** The person has ended one before its time. */
  readonly onEnd: () => void;
}) => {
  const { data } = useReadOpeningsQuery();
  return runningOf(view.caseId, data?.rows ?? [], view.access.parts).map((running) => (
    <OpeningLine key={running.openingId} running={running} onEnd={onEnd} />
  ));
};
