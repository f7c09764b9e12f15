import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RemovalsView } from '#shared/contract/set-aside-views.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button, TextLink } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { formatMoment, languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { useAnswerRemovalsMutation, useReadRemovalsQuery } from '#renderer/store/calls/sync-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { clientHref, tabOfKind } from '#renderer/store/route.ts';
import { useNow } from '#renderer/store/use-now.ts';
import { useProblemWords } from '../problems/index.ts';

/** Who removed how much, and when. */
const Authors = ({
  removals,
  directory,
}: {
  readonly removals: RemovalsView;
  readonly directory: Directory;
}) => {
  const { t, i18n } = useTranslation('sync');
  const now = useNow();
  const moment = (ms: number): string => formatMoment(ms, now, languageOf(i18n.language));
  return (
    <ul className="list">
      {removals.authors.map(({ authorId, records, fromMs, untilMs }) => (
        <li key={authorId ?? ''}>
          <span className="grow">
            {authorId === null ? (
              t('brake.leaves')
            ) : (
              <ProfessionName
                profession={directory.professionOf(authorId)}
                person={directory.nameOf(authorId) ?? t('brake.unknownAuthor')}
                size="small"
              />
            )}
          </span>
          <span>
            {t('brake.records', { count: records })}
            {fromMs !== null && untilMs !== null && (
              <span className="muted">
                {' '}
                {fromMs === untilMs
                  ? moment(fromMs)
                  : t('brake.between', { from: moment(fromMs), until: moment(untilMs) })}
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
};

const Rows = ({ removals }: { readonly removals: RemovalsView }) => {
  const { t } = useTranslation(['sync', 'records']);
  const listed = removals.rows.reduce((sum, { records }) => sum + records, 0);
  return (
    <details>
      <summary>{t('brake.rows')}</summary>
      <ul className="list">
        {removals.rows.map(({ caseId, recordId, clientName, kind, records }) => (
          <li key={`${caseId} ${recordId ?? ''}`}>
            {clientName === null ? (
              <b>{t('clientGone')}</b>
            ) : (
              <TextLink
                href={
                  kind === null
                    ? clientHref(caseId, 'overview')
                    : clientHref(caseId, tabOfKind(kind), { recordId })
                }
              >
                <PlainText text={clientName} />
              </TextLink>
            )}
            <span>
              {kind === null
                ? t('brake.records', { count: records })
                : t([`records:kind.${kind}`, 'records:kind.unknown'])}
            </span>
          </li>
        ))}
      </ul>
      {removals.records > listed && (
        <p className="muted text-s">{t('brake.more', { count: removals.records - listed })}</p>
      )}
    </details>
  );
};

const TakeDialog = ({
  removals,
  isLoading,
  onTake,
  onClose,
}: {
  readonly removals: RemovalsView;
  readonly isLoading: boolean;
  readonly onTake: () => void;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation('sync');
  return (
    <Dialog
      title={t('brake.confirmTitle')}
      isOpen
      isQuestion
      width="narrow"
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('brake.cancel')}</Button>
          <Button variant="bad" isPending={isLoading} onPress={onTake}>
            {t('brake.take')}
          </Button>
        </>
      }
    >
      <p>{t('brake.confirm', { count: removals.records })}</p>
    </Dialog>
  );
};

/** A pull that would take much away at once has been stopped: a person says whether it may. */
export const BrakeCard = ({ directory }: { readonly directory: Directory }) => {
  const { t } = useTranslation('sync');
  const words = useProblemWords();
  const { data, error } = useReadRemovalsQuery();
  const [answer, { isLoading, error: notAnswered }] = useAnswerRemovalsMutation();
  const [isAsking, setAsking] = useState(false);
  const problem = error ?? notAnswered;
  const removals = data?.removals ?? null;
  return (
    <Card title={<span className="sync-bad">{t('brake.title')}</span>}>
      {problem !== undefined && (
        <Banner tone="warn" shape="box" announce="polite">
          {words(problemOf(problem))}
        </Banner>
      )}
      {removals && (
        <>
          <p>
            <b>
              {t('brake.what', {
                records: t('brake.records', { count: removals.records }),
                clients: t('brake.clients', { count: removals.clients }),
              })}
            </b>{' '}
            {t('brake.why')}
          </p>
          <Authors removals={removals} directory={directory} />
          <Rows removals={removals} />
          {removals.waiting && <p role="status">{t('brake.isWaiting')}</p>}
          <div className="sync-answers">
            <Button onPress={() => setAsking(true)}>{t('brake.takeOpen')}</Button>
            {!removals.waiting && (
              <Button variant="main" onPress={() => void answer({ answer: 'wait' })}>
                {t('brake.wait')}
              </Button>
            )}
          </div>
          {isAsking && (
            <TakeDialog
              removals={removals}
              isLoading={isLoading}
              onTake={() => void answer({ answer: 'take' }).then(() => setAsking(false))}
              onClose={() => setAsking(false)}
            />
          )}
        </>
      )}
    </Card>
  );
};
