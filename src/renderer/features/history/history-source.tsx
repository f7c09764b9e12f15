import { useTranslation } from 'react-i18next';
import type { CallOutput } from '#shared/contract/calls.ts';
import { compartments, findCode } from '#shared/domain/codes.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useProblemWords } from '../problems/index.ts';

type Told = Pick<CallOutput<'history.client'>, 'source' | 'missing' | 'contactCovered'>;

/** Where the answer comes from, in a few words. */
export const SourceWords = ({ source }: Pick<Told, 'source'>) => {
  const { t } = useTranslation('history');
  return (
    <span className="muted text-s">
      {source === 'here' ? t('source.here') : t('source.region')}
    </span>
  );
};

/** What the answer lacks, and why. */
export const MissingWords = ({ missing, contactCovered }: Omit<Told, 'source'>) => {
  const { t, i18n } = useTranslation('history');
  const language = languageOf(i18n.language);
  const parts = missing.map((id) => findCode(compartments, id)?.[language] ?? id).join(', ');
  return (
    <>
      {missing.length > 0 && (
        <Banner tone="info" shape="box" announce="polite">
          {t('missing', { parts })}
        </Banner>
      )}
      {contactCovered && <p className="muted text-s">{t('contactCovered')}</p>}
    </>
  );
};

type NoHistoryProps = { readonly error: unknown; readonly onAgain: () => void };

/** Nothing can be told now: what to do, in plain words. */
export const NoHistory = ({ error, onAgain }: NoHistoryProps) => {
  const { t } = useTranslation('history');
  const words = useProblemWords();
  const problem = problemOf(error);
  return (
    <EmptyState action={<Button onPress={onAgain}>{t('again')}</Button>}>
      {problem.code === 'region-offline' ? t('offline') : words(problem)}
    </EmptyState>
  );
};
