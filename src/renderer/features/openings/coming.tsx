import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/domain/ids.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { ProgressBar } from '#renderer/components/progress-bar.tsx';
import { useOpenClientQuery } from '#renderer/store/calls/clients-api.ts';
import { useSyncNowMutation } from '#renderer/store/calls/sync-api.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useProblemWords } from '../problems/index.ts';
import { useRegionAnswers } from './use-region.ts';

/** Until the client's data lies here, or the right to it has come. */
const notYet: ReadonlySet<string> = new Set(['not-on-this-device', 'no-access']);

/** Waits for an opened client to come by sync; asked anew whenever the core tells of the client. */
export const Coming = ({
  caseId,
  onCome,
}: {
  readonly caseId: Id;
  readonly onCome: () => void;
}) => {
  const { t } = useTranslation('openings');
  const words = useProblemWords();
  const answers = useRegionAnswers();
  const [syncNow] = useSyncNowMutation();
  useEffect(() => {
    void syncNow();
  }, [syncNow]);
  const { isSuccess, isFetching, error } = useOpenClientQuery(
    { caseId, from: 'search' },
    { refetchOnMountOrArgChange: true },
  );
  const come = useRef(onCome);
  useEffect(() => {
    come.current = onCome;
  }, [onCome]);
  const hasCome = isSuccess && !isFetching;
  useEffect(() => {
    if (hasCome) come.current();
  }, [hasCome]);
  const problem = error === undefined ? null : problemOf(error);
  return (
    <div className="stack" role="status">
      <ProgressBar label={t('coming.label')} words="" />
      <p className="muted text-s">{answers ? t('coming.note') : t('coming.offline')}</p>
      {problem !== null && !notYet.has(problem.code) && (
        <Banner tone="bad" shape="box">
          {words(problem)}
        </Banner>
      )}
    </div>
  );
};
