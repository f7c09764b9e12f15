import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { useSupportReportMutation } from '#renderer/store/calls/sync-api.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useProblemWords } from '../problems/index.ts';

const saveAsFile = (text: string, name: string): void => {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
};

/** What support asks for, shown whole before it leaves: numbers and codes, nothing of clients. */
export const SupportReport = () => {
  const { t } = useTranslation('sync');
  const words = useProblemWords();
  const [ask, { data: report, error, isLoading }] = useSupportReportMutation();
  const [isOpen, setOpen] = useState(false);
  const text = report ? JSON.stringify(report, null, 2) : '';
  return (
    <>
      <Button
        isPending={isLoading}
        onPress={() => {
          setOpen(true);
          void ask();
        }}
      >
        {t('report.open')}
      </Button>
      <Dialog
        title={t('report.title')}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        width="wide"
        actions={
          <>
            <Button onPress={() => setOpen(false)}>{t('report.close')}</Button>
            <Button
              variant="main"
              isDisabled={!report}
              onPress={() => saveAsFile(text, `punos-${report?.madeAt.slice(0, 10) ?? ''}.json`)}
            >
              {t('report.save')}
            </Button>
          </>
        }
      >
        <p>{t('report.intro')}</p>
        {error === undefined ? (
          // A region of its own, so that it can be scrolled by keyboard.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by arrow keys
          <pre className="sync-report" tabIndex={0} role="region" aria-label={t('report.content')}>
            {text}
          </pre>
        ) : (
          <Banner tone="bad" shape="box" announce="polite">
            {words(problemOf(error))}
          </Banner>
        )}
      </Dialog>
    </>
  );
};
