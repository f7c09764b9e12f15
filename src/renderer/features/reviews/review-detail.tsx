import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VersionView } from '#shared/contract/views.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button, TextLink } from '#renderer/components/button.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatDateTime, formatMoment, languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { TextField } from '#renderer/components/text-field.tsx';
import { useDecideReviewMutation } from '#renderer/store/calls/reviews-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { clientHref, tabOfKind } from '#renderer/store/route.ts';
import { useNow } from '#renderer/store/use-now.ts';
import { VersionCard } from '../conflicts/index.ts';
import { authorName, fieldsOf, useFieldText } from '../editing/index.ts';
import { useFieldProblemWords, useProblemWords } from '../problems/index.ts';
import { changedFields, removalOf, type ReviewRow } from './review-rows.ts';
import { useReviewWords } from './use-review-words.ts';

type DetailProps = {
  readonly row: ReviewRow;
  readonly directory: Directory;
  /** The reviewer has decided; the row leaves the list. */
  readonly onDecided: () => void;
};

/** JSON came over the wire, so its values are such. */
const versionOf = ({
  value,
  profession,
}: Pick<ReviewRow, 'value' | 'profession'>): Pick<VersionView, 'value' | 'profession'> => ({
  value: value as VersionView['value'],
  profession,
});

/** What the plan says there now beside what is offered, with the differences marked. */
const SideBySide = ({ row, directory }: Pick<DetailProps, 'row' | 'directory'>) => {
  const { t, i18n } = useTranslation(['reviews', 'records']);
  const language = languageOf(i18n.language);
  const now = useNow();
  const textOf = useFieldText(null, directory);
  const removal = removalOf(row);
  if (removal !== null) {
    return (
      <section className="version card" aria-label={t('offered')}>
        <div className="version-fields">
          <b>{removal.removed ? t('removal') : t('restoring')}</b>
          {removal.reason !== '' && (
            <p>
              <PlainText text={removal.reason} multiline />
            </p>
          )}
        </div>
      </section>
    );
  }
  const specs = fieldsOf(row.kind, row.group);
  const differing = changedFields(row);
  const [first] = row.current;
  return (
    <div className="review-versions">
      {first === undefined ? (
        <section className="version card" aria-label={t('now')}>
          <EmptyState>{t('nothingNow')}</EmptyState>
        </section>
      ) : (
        row.current.map((version, index) => (
          <VersionCard
            key={index}
            version={versionOf(version)}
            title={t('now')}
            note={authorName(version, directory, language)}
            specs={specs}
            differing={differing}
            origin={null}
            textOf={textOf}
            isChosen={false}
            footer={<span className="muted text-s">{t('nowNote')}</span>}
          />
        ))
      )}
      <VersionCard
        version={versionOf(row)}
        title={t('offered')}
        note={t('offeredBy', {
          name: authorName(row, directory, language),
          moment: formatMoment(row.writtenMs, now, language),
        })}
        specs={specs}
        differing={differing}
        origin={first === undefined ? null : (first.value as JsonObject)}
        textOf={textOf}
        isChosen={false}
        footer={
          <span className="word-diff text-xs muted">
            {first === undefined ? (
              t('offeredNote')
            ) : (
              <>
                {t('legend')} <ins>{t('added')}</ins> <del>{t('removed')}</del>
              </>
            )}
          </span>
        }
      />
    </div>
  );
};

/** Accept or return, and what the author is told of either. A return needs its reason. */
const Decision = ({ row, directory, onDecided }: DetailProps) => {
  const { t } = useTranslation('reviews');
  const words = useProblemWords();
  const fieldWords = useFieldProblemWords();
  const names = useReviewWords(directory);
  const [reason, setReason] = useState('');
  const [lacksReason, setLacksReason] = useState(false);
  const [decide, { isLoading, error }] = useDecideReviewMutation();
  const carryOut = async (decision: 'accepted' | 'returned'): Promise<void> => {
    const told = reason.trim().normalize('NFC');
    setLacksReason(decision === 'returned' && told === '');
    if (isLoading || (decision === 'returned' && told === '')) return;
    const done = await decide({ changeId: row.changeId, decision, reason: told });
    if (done.error === undefined) onDecided();
  };
  return (
    <section className="card review-decision" aria-label={t('decision')}>
      <TextField
        label={t('reason')}
        description={t('reasonNote')}
        value={reason}
        onChange={setReason}
        {...(lacksReason && reason.trim() === '' ? { error: fieldWords('reason-missing') } : {})}
      />
      <p className="text-s muted">{t('authorIsTold', { name: names.name(row) })}</p>
      {error !== undefined && (
        <Banner tone="bad" shape="box" announce="assertive">
          {words(problemOf(error))}
        </Banner>
      )}
      <div className="row review-buttons">
        <Button isPending={isLoading} onPress={() => void carryOut('returned')}>
          {t('return')}
        </Button>
        <Button
          variant="main"
          icon="check"
          isPending={isLoading}
          onPress={() => void carryOut('accepted')}
        >
          {t('accept')}
        </Button>
      </div>
    </section>
  );
};

/** One piece of work that came after its author's right had ended. */
export const ReviewDetail = ({ row, directory, onDecided }: DetailProps) => {
  const { t, i18n } = useTranslation('reviews');
  const language = languageOf(i18n.language);
  const words = useReviewWords(directory);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by arrow keys
    <div className="review-detail" role="group" aria-label={words.place(row)} tabIndex={0}>
      <header className="review-head">
        <h2 className="text-l">
          <PlainText text={row.clientName} />
        </h2>
        <span>{words.place(row)}</span>
        <span className="muted">{words.part(row)}</span>
        <span className="end">
          <TextLink href={clientHref(row.caseId, tabOfKind(row.kind), { recordId: row.recordId })}>
            {t('openClient')}
          </TextLink>
        </span>
      </header>
      <p className="text-s">
        <ProfessionName
          profession={row.profession}
          person={words.name(row)}
          withProfession
          size="small"
        />{' '}
        {t('times', {
          written: formatDateTime(row.writtenMs, language),
          received: formatDateTime(row.receivedMs, language),
        })}{' '}
        {t('why')}
      </p>
      <SideBySide row={row} directory={directory} />
      <Decision row={row} directory={directory} onDecided={onDecided} />
    </div>
  );
};
