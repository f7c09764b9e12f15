import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionMark } from '#renderer/components/profession-mark.tsx';
import { TextField } from '#renderer/components/text-field.tsx';
import {
  useRemoveRecordMutation,
  useRestoreRecordMutation,
} from '#renderer/store/calls/records-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useNow } from '#renderer/store/use-now.ts';
import { fieldsOf, useAuthorWords, useFieldText } from '../editing/index.ts';
import { useProblemWords } from '../problems/index.ts';
import { useRecordName } from './record-name.ts';
import { useWhoSettles } from './use-settlers.ts';
import { SettledAlready, SettleFoot, SettleHead, SettlePage } from './settle-frame.tsx';

export type SettleExistenceProps = {
  readonly view: ClientView;
  readonly record: RecordView;
  readonly directory: Directory;
  readonly onClose: () => void;
};

/** Somebody removed it and somebody wrote to it, apart from each other: keep it, or remove it anew. */
export const SettleExistence = ({ view, record, directory, onClose }: SettleExistenceProps) => {
  const { t } = useTranslation(['conflict', 'records']);
  const now = useNow();
  const authors = useAuthorWords(directory);
  const words = useProblemWords();
  const nameOf = useRecordName(view, directory);
  const textOf = useFieldText(view, directory);
  const whyNot = useWhoSettles(view, directory)(record.kind, 'existence');
  const [restore, restoring] = useRestoreRecordMutation();
  const [remove, removing] = useRemoveRecordMutation();
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const { existence } = record;
  if (existence.state !== 'removed-and-edited') {
    return <SettledAlready onClose={onClose} />;
  }
  const edits = Object.entries(record.groups).flatMap(([group, view]) =>
    view.heads
      .filter((head) => existence.editedBy.includes(head.changeId))
      .map((head) => ({ group, head })),
  );
  const target = { caseId: view.caseId, recordId: record.id };
  const { name, title } = nameOf(record.id);
  const problem = restoring.error ?? removing.error;
  const settle = async (written: Promise<{ readonly error?: unknown }>): Promise<void> => {
    if ((await written).error === undefined) onClose();
  };
  return (
    <SettlePage className="settle-short" onClose={onClose}>
      <SettleHead title={t('removedAndEdited.of', { what: name })} what={title}>
        {t('removedAndEdited.explain')}
      </SettleHead>
      {whyNot !== null && (
        <Banner tone="info" shape="box" icon="lock">
          {whyNot}
        </Banner>
      )}
      <div className="settle-versions settle-two">
        <section className="version card" aria-label={t('removedAndEdited.removal')}>
          <header className="version-head">
            <b>{t('removedAndEdited.removal')}</b>
          </header>
          <dl className="version-fields">
            <div>
              <dt>{t('removedAndEdited.reason')}</dt>
              <dd>
                <PlainText text={existence.reason} multiline />
              </dd>
            </div>
          </dl>
          {whyNot === null && (
            <form
              className="version-foot settle-remove"
              onSubmit={(event) => {
                event.preventDefault();
                if (reason.trim() === '') {
                  setMissing(true);
                  return;
                }
                void settle(remove({ ...target, reason: reason.trim() }));
              }}
            >
              <TextField
                label={t('removedAndEdited.why')}
                value={reason}
                onChange={setReason}
                {...(isMissing && reason.trim() === ''
                  ? { error: t('removedAndEdited.reasonMissing') }
                  : {})}
              />
              <Button type="submit" variant="bad" isPending={removing.isLoading}>
                {t('removedAndEdited.removeAnew')}
              </Button>
            </form>
          )}
        </section>
        <section className="version card" aria-label={t('removedAndEdited.edits')}>
          <header className="version-head">
            <b>{t('removedAndEdited.edits')}</b>
          </header>
          <ul className="version-fields list">
            {edits.map(({ group, head }) => (
              <li key={head.changeId}>
                <ProfessionMark profession={head.profession} />
                <span>
                  {t([`records:group.${record.kind}.${group}`, 'records:group.unknown'])}
                  <span className="muted">
                    {' · '}
                    {authors.isMine(head) ? t('records:oneself') : authors.name(head)}{' '}
                    {authors.moment(head, now)}
                  </span>
                  <br />
                  <PlainText
                    text={fieldsOf(record.kind, group)
                      .map((spec) => textOf(spec, head.value as JsonObject))
                      .filter((text) => text !== '')
                      .join(' · ')}
                  />
                </span>
              </li>
            ))}
          </ul>
          {whyNot === null && (
            <footer className="version-foot">
              <Button
                variant="fork"
                isPending={restoring.isLoading}
                onPress={() => void settle(restore(target))}
              >
                {t('removedAndEdited.restore')}
              </Button>
            </footer>
          )}
        </section>
      </div>
      <SettleFoot
        problems={problem === undefined ? [] : [words(problemOf(problem))]}
        onClose={onClose}
      />
    </SettlePage>
  );
};
