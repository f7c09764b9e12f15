import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { addDays, type CivilDate } from '#shared/domain/civil-date.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button, TextLink } from '#renderer/components/button.tsx';
import { DateField } from '#renderer/components/date-field.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatDate, formatDateTime, languageOf } from '#renderer/components/format.ts';
import { useReadAsOfQuery } from '#renderer/store/calls/history-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { clientHref, goTo } from '#renderer/store/route.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { PlanThen } from '../plan/index.ts';
import { ReadersThen } from '../plan-readers/index.ts';
import { MissingWords, NoHistory, SourceWords } from './history-source.tsx';
import { MeetingChoice } from './meeting-choice.tsx';
import { meetingDays } from './meeting-days.ts';

type DayPageProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly date: CivilDate;
};

/** The plan as the region knew it at the end of a day: to be read, and marked as what it is. */
export const DayPage = ({ view, directory, date }: DayPageProps) => {
  const { t, i18n } = useTranslation(['history', 'plan']);
  const language = languageOf(i18n.language);
  const today = useToday();
  const { caseId } = view;
  const meetings = useMemo(() => meetingDays(view, today), [view, today]);
  const { data, error, refetch } = useReadAsOfQuery({ caseId, date });
  const show = (on: CivilDate): void => goTo(clientHref(caseId, 'history', { on }), 'replace');
  return (
    <div className="page-body history-then">
      <section className="history-then-bar" aria-label={t('day.label')}>
        <div className="history-then-words">
          <h2>{t('day.title', { date: formatDate(date) })}</h2>
          <p className="text-s">
            {t('day.readOnly')} {data !== undefined && <SourceWords source={data.source} />}
          </p>
        </div>
        <div className="history-then-days">
          <Button onPress={() => show(addDays(date, -1))}>{t('day.before')}</Button>
          <DateField
            label={t('day.date')}
            hideLabel
            value={date}
            max={today}
            onChange={(on) => {
              if (on !== null) show(on);
            }}
          />
          <Button isDisabled={date >= today} onPress={() => show(addDays(date, 1))}>
            {t('day.after')}
          </Button>
          {meetings.length > 0 && (
            <MeetingChoice
              label={t('meeting.on')}
              meetings={meetings}
              value={date}
              onChange={(on) => {
                if (on !== null) show(on);
              }}
            />
          )}
        </div>
        <span className="history-then-back">
          <TextLink href={clientHref(caseId, 'plan')}>{t('day.toPlan')}</TextLink>
          <TextLink href={clientHref(caseId, 'history')}>{t('toTimeline')}</TextLink>
        </span>
      </section>
      {data !== undefined && (
        <MissingWords missing={data.missing} contactCovered={data.contactCovered} />
      )}
      {data !== undefined && data.knownUntilMs !== null && (
        <Banner tone="warn" shape="box" announce="polite">
          {t('day.knownUntil', { moment: formatDateTime(data.knownUntilMs, language) })}
        </Banner>
      )}
      {data === undefined && error !== undefined && (
        <NoHistory error={error} onAgain={() => void refetch()} />
      )}
      {data === undefined && error === undefined && <p aria-busy="true">{t('coming')}</p>}
      {data !== undefined &&
        (data.view.records.some(({ kind }) => kind === 'plan' || kind === 'need') ? (
          <>
            <ReadersThen then={data.view} view={view} directory={directory} />
            <PlanThen
              key={date}
              view={data.view}
              directory={directory}
              emptyWords={t('plan:emptyThen')}
              showsRemoved
            />
          </>
        ) : (
          <EmptyState>{t('day.noPlan', { date: formatDate(date) })}</EmptyState>
        ))}
    </div>
  );
};
