import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { summaryOf } from '#shared/domain/visits/report.ts';
import { TextLink } from '#renderer/components/button.tsx';
import { formatWeekdayDate, languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionMark } from '#renderer/components/profession-mark.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { isWaiting } from '#renderer/store/reading.ts';
import { clientHref } from '#renderer/store/route.ts';
import { useToday } from '#renderer/store/use-now.ts';
import type { Visit } from '../plan-model/index.ts';

/** `ti 24.11. klo 8.10`, of a moment on the wall clock in Finland. */
export const useVisitWords = (): { readonly when: (startedAt: string) => string } => {
  const { t, i18n } = useTranslation('visit');
  const language = languageOf(i18n.language);
  const today = useToday();
  return {
    when: (startedAt) => {
      const [day = '', clock = ''] = startedAt.split('T');
      return t('when', {
        day: formatWeekdayDate(day, today, language),
        clock: language === 'en' ? clock : clock.replace(':', '.').replace(/^0/u, ''),
      });
    },
  };
};

export type VisitLineProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly visit: Visit;
};

/** A visit in a line or two: when, who, what was done and what was not. */
export const VisitLine = ({
  view,
  directory,
  visit: { record, report, written },
}: VisitLineProps) => {
  const { t } = useTranslation(['visit', 'records']);
  const words = useVisitWords();
  const { done, notDone } = summaryOf(report);
  return (
    <>
      <ProfessionMark profession={written.profession} />
      <span className="grow">
        <TextLink href={clientHref(view.caseId, 'visit', { recordId: record.id })}>
          {words.when(report.startedAt)}
        </TextLink>{' '}
        <span className="muted">
          <PlainText text={directory.nameOf(written.authorId) ?? t('records:someone')} />
        </span>{' '}
        <span className="nowrap">{t('visit:doneCount', { count: done })}</span>
        {notDone.length > 0 && (
          <>
            {' '}
            <Tag tone="warn" icon="alert">
              {t('visit:notDoneCount', { count: notDone.length })}
            </Tag>
          </>
        )}
      </span>
      {isWaiting(record) && <Tag tone="line">{t('visit:onlyHere')}</Tag>}
    </>
  );
};
