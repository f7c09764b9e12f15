import { useTranslation } from 'react-i18next';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { formatNumber, languageOf } from '#renderer/components/format.ts';
import { ProgressBar } from '#renderer/components/progress-bar.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import { useProblemWords } from '../problems/index.ts';
import { LogScroll } from './log-scroll.tsx';
import type { Period } from './period-fields.tsx';
import { useSoundness, type Soundness } from './use-soundness.ts';

const Result = ({ soundness }: { readonly soundness: Soundness }) => {
  const { t, i18n } = useTranslation('useLog');
  const language = languageOf(i18n.language);
  const { checkedEntries, problems, monthsDone, months } = soundness;
  const checked = formatNumber(checkedEntries, language);
  return (
    <>
      <p role="status">
        {problems.length > 0 ? (
          <Tag tone="bad" icon="alert">
            {t('soundness.broken', { count: problems.length })}
          </Tag>
        ) : (
          monthsDone === months && (
            <Tag tone="ok" icon="check">
              {t('soundness.whole')}
            </Tag>
          )
        )}{' '}
        {t('soundness.checked', { entries: checked, done: monthsDone, months })}
      </p>
      {problems.length > 0 && (
        <LogScroll label={t('soundness.title')}>
          <thead>
            <tr>
              <th scope="col">{t('column.fault')}</th>
              <th scope="col">{t('column.register')}</th>
              <th scope="col">{t('column.month')}</th>
              <th scope="col">{t('column.place')}</th>
            </tr>
          </thead>
          <tbody>
            {problems.map((problem) => (
              <tr key={`${problem.code} ${problem.register} ${problem.month} ${problem.place}`}>
                <td>{t([`fault.${problem.code}`, 'fault.unknown'])}</td>
                <td>
                  {problem.register === ''
                    ? '–'
                    : t([`register.${problem.register}`, 'register.none'])}
                </td>
                <td className="nowrap">{problem.month || '–'}</td>
                <td className="use-log-place">{problem.place}</td>
              </tr>
            ))}
          </tbody>
        </LogScroll>
      )}
    </>
  );
};

/** Whether anything in the log was altered, taken away or added past the program. */
export const SoundnessCard = ({ period }: { readonly period: Period }) => {
  const { t } = useTranslation('useLog');
  const words = useProblemWords();
  const { soundness, isChecking, problem, check, stop } = useSoundness();
  return (
    <Card
      title={t('soundness.title')}
      note={t('soundness.note')}
      more={
        <span className="row">
          {isChecking && <Button onPress={stop}>{t('stop')}</Button>}
          <Button isPending={isChecking} onPress={() => void check(period)}>
            {t('soundness.check')}
          </Button>
        </span>
      }
    >
      {problem !== null && (
        <Banner tone="bad" shape="box" announce="polite">
          {words(problem)}
        </Banner>
      )}
      {isChecking && soundness !== null && (
        <ProgressBar
          label={t('soundness.checking')}
          share={soundness.monthsDone / Math.max(1, soundness.months)}
          words={`${soundness.monthsDone} / ${soundness.months}`}
        />
      )}
      {soundness === null ? (
        <p className="muted">{t('soundness.help')}</p>
      ) : (
        <Result soundness={soundness} />
      )}
    </Card>
  );
};
