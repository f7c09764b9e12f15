import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addDays } from '#shared/domain/civil-date.ts';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { PageHead } from '#renderer/components/page-head.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { useToday } from '#renderer/store/use-now.ts';
import { ClientLogPage } from './client-log-page.tsx';
import { EmergenciesCard } from './emergencies-card.tsx';
import { FindLogCard, type WhoseLog } from './find-log-card.tsx';
import { PeriodFields, type Period } from './period-fields.tsx';
import { SoundnessCard } from './soundness-card.tsx';
import { UnusualCard } from './unusual-card.tsx';
import './use-log.css';

/**
 * The privacy officer's review: what was opened on a ground, what asks for a question, whether the log is
 * whole, and any client's log for the client's request.
 */
export const PrivacyReviewPage = () => {
  const { t } = useTranslation('useLog');
  const today = useToday();
  const [period, setPeriod] = useState<Period>({ from: addDays(today, -30), to: today });
  const [whose, setWhose] = useState<WhoseLog | null>(null);
  if (whose !== null) {
    return (
      <>
        <PageHead
          title={<PlainText text={whose.name === '' ? t('unknownClient') : whose.name} />}
          note={t('client.title')}
          actions={<Button onPress={() => setWhose(null)}>{t('review.back')}</Button>}
        />
        <ClientLogPage view={whose} />
      </>
    );
  }
  return (
    <>
      <PageHead title={t('review.title')} note={t('review.note')} />
      <div className="page-body use-log-body">
        <FindLogCard onFound={setWhose} />
        <Card label={t('review.period')}>
          <div className="use-log-form">
            <PeriodFields period={period} onChange={setPeriod} />
          </div>
        </Card>
        {period.from <= period.to && (
          <>
            <EmergenciesCard period={period} onOpenLog={setWhose} />
            <UnusualCard period={period} onOpenLog={setWhose} />
            <SoundnessCard period={period} />
          </>
        )}
      </div>
    </>
  );
};
