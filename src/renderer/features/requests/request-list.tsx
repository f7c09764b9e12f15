import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { isAskedOf } from '#shared/domain/requests/standing.ts';
import { Button } from '#renderer/components/button.tsx';
import { formatMoment, formatWeekdayDate, languageOf } from '#renderer/components/format.ts';
import { Icon } from '#renderer/components/icon.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { professionWord } from '#renderer/components/professions.ts';
import type { Directory } from '#renderer/store/people.ts';
import { isWaiting } from '#renderer/store/reading.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { useNow, useToday } from '#renderer/store/use-now.ts';
import { ConflictBanners } from '../conflicts/index.ts';
import { Acknowledgments } from './acknowledgments.tsx';
import { AnswerForm } from './answer-form.tsx';
import { standsInFor } from './stands-in-for.ts';
import { acknowledgmentsOf, isPast, type PlanRequest } from './plan-requests.ts';
import { RequestSign } from './request-sign.tsx';

export type RequestListProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  /** Those of one place. */
  readonly requests: readonly PlanRequest[];
};

/** What has been asked at this place, how it stands, and the answer. */
export const RequestList = ({ view, directory, requests }: RequestListProps) => {
  const { t } = useTranslation('requests');
  const ownId = useAppSelector((state) => state.session.session?.person?.id ?? null);
  if (requests.length === 0) return undefined;
  const given = acknowledgmentsOf(view);
  const past = requests.filter((request) => isPast(request, ownId, given));
  const current = requests.filter((request) => !past.includes(request));
  return (
    <section className="requests" aria-label={t('title')}>
      <h3 className="text-s">
        {t('title')} <span className="muted">{requests.length}</span>
      </h3>
      {current.map((request) => (
        <RequestItem key={request.record.id} view={view} directory={directory} request={request} />
      ))}
      {past.length > 0 && (
        <details>
          <summary className="muted text-s">{t('past', { count: past.length })}</summary>
          {past.map((request) => (
            <RequestItem
              key={request.record.id}
              view={view}
              directory={directory}
              request={request}
            />
          ))}
        </details>
      )}
    </section>
  );
};

type ItemProps = Omit<RequestListProps, 'requests'> & { readonly request: PlanRequest };

const RequestItem = ({ view, directory, request }: ItemProps) => {
  const { t, i18n } = useTranslation(['requests', 'records', 'plan']);
  const language = languageOf(i18n.language);
  const now = useNow();
  const today = useToday();
  const [isWithdrawing, setWithdrawing] = useState(false);
  const own = useAppSelector((state) => state.session.session?.person ?? null);
  const { record, question, asked, answer, answered, isOpen } = request;
  const nameOf = (id: string | null): string => directory.nameOf(id) ?? t('records:someone');
  const isForMe =
    own !== null &&
    (isAskedOf(question, asked.authorId, {
      personId: own.id,
      profession: own.profession,
      standsInFor: standsInFor(directory.absences, own.id, view.caseId, today),
    }) ||
      answered?.authorId === own.id);
  const isMine = own !== null && asked.authorId === own.id;
  const isDisputed = record.groups['answer']?.state === 'conflict';
  const part = question.group;
  return (
    <article className="request" data-open={isOpen}>
      <p className="row row-wrap">
        <RequestSign standing={request.standing} />
        <b>{t(`requests:kind.${question.kind}`)}</b>
        {part !== null && (
          <span className="muted">
            {t(`records:group.${placeKind(view, question.recordId)}.${part}`)}
          </span>
        )}
        {question.due !== null && isOpen && (
          <span className="end muted">
            {t('requests:by', { day: formatWeekdayDate(question.due, today, language) })}
          </span>
        )}
      </p>
      <p className="row row-wrap text-s">
        <ProfessionName
          profession={asked.profession}
          person={nameOf(asked.authorId)}
          size="small"
        />
        <Icon name="chevronRight" size={12} />
        {question.personId === null ? (
          <ProfessionName
            profession={question.profession ?? 'other-professional'}
            person={professionWord(question.profession ?? 'other-professional', language)}
            size="small"
          />
        ) : (
          <ProfessionName
            profession={directory.professionOf(question.personId)}
            person={nameOf(question.personId)}
            size="small"
          />
        )}
        <span className="end muted text-xs">
          {isWaiting(record) ? t('plan:onlyHere') : formatMoment(asked.time, now, language)}
        </span>
      </p>
      <p className="request-text">
        <PlainText text={question.text} multiline />
      </p>
      <ConflictBanners view={view} record={record} directory={directory} />
      {answer !== null && answered !== undefined && answer.state !== 'open' && !isDisputed && (
        <div className="request-said">
          <p className="row row-wrap text-s">
            <ProfessionName
              profession={answered.profession}
              person={nameOf(answered.authorId)}
              size="small"
            />
            <span className="muted">{t(`records:answerState.${answer.state}`)}</span>
            <span className="end muted text-xs">{formatMoment(answered.time, now, language)}</span>
          </p>
          {answer.text !== '' && (
            <p className="request-text">
              <PlainText text={answer.text} multiline />
            </p>
          )}
          {request.hasAnswer && (
            <Acknowledgments
              view={view}
              directory={directory}
              about={record}
              changeId={answered.changeId}
              given={acknowledgmentsOf(view).get(record.id) ?? []}
              isAsked={isMine && answered.authorId !== own.id}
            />
          )}
        </div>
      )}
      {isOpen && !isDisputed && isForMe && (
        <AnswerForm view={view} request={request} as="asked" onAnswered={() => undefined} />
      )}
      {isOpen && !isDisputed && isMine && !isForMe && (
        <>
          {isWithdrawing ? (
            <AnswerForm
              view={view}
              request={request}
              as="asker"
              onAnswered={() => setWithdrawing(false)}
            />
          ) : (
            <span>
              <Button variant="flat" onPress={() => setWithdrawing(true)}>
                {t('requests:withdraw')}
              </Button>
            </span>
          )}
        </>
      )}
    </article>
  );
};

const placeKind = (view: ClientView, recordId: string): string =>
  view.records.find((record) => record.id === recordId)?.kind ?? 'unknown';
