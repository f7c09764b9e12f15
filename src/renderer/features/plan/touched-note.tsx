import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/domain/ids.ts';
import { TextLink } from '#renderer/components/button.tsx';
import { formatDate, languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { valueOf } from '#renderer/store/reading.ts';
import { clientHref } from '#renderer/store/route.ts';
import { titleOf, type PlanNode } from '../plan-model/index.ts';
import { RequestSign } from '../requests/index.ts';
import type { TouchedTasks } from './touched-tasks.ts';

export type TouchedNoteProps = {
  readonly caseId: Id;
  readonly touched: TouchedTasks;
  readonly directory: Directory;
};

/** Whose work a change of this row concerns: it is for whoever changes it to think of them. */
export const TouchedNote = ({ caseId, touched, directory }: TouchedNoteProps) => {
  const { t, i18n } = useTranslation(['plan', 'records']);
  const language = languageOf(i18n.language);
  const { actions, requests, undone } = touched;
  const place = (node: PlanNode) => (
    <TextLink href={clientHref(caseId, 'plan', { recordId: node.id })}>
      {node.number}{' '}
      <PlainText text={titleOf(node, language) || t(`records:untitled.${node.kind}`)} />
    </TextLink>
  );
  const counts = [
    ...(actions.length > 0 ? [t('plan:touched.actions', { count: actions.length })] : []),
    ...(requests.length > 0 ? [t('plan:touched.requests', { count: requests.length })] : []),
  ];
  return (
    <>
      {undone !== null && (
        <p className="text-s">
          {t('plan:touched.undone', { date: formatDate(undone.startedAt.slice(0, 10)) })}{' '}
          <PlainText text={undone.reason} />
        </p>
      )}
      {counts.length > 0 && (
        <details className="text-s">
          <summary>
            {t('plan:touched.title')} {counts.join(', ')}
          </summary>
          <ul className="list">
            {actions.map((node) => {
              const id = valueOf(node.record, 'action', 'responsibility')?.responsibleId ?? null;
              return (
                <li key={node.id}>
                  {place(node)}{' '}
                  {id === null ? (
                    <span className="muted">{t('plan:touched.nobody')}</span>
                  ) : (
                    <ProfessionName
                      profession={directory.professionOf(id)}
                      person={directory.nameOf(id) ?? t('records:someone')}
                      size="small"
                      withProfession
                    />
                  )}
                </li>
              );
            })}
            {requests.map(({ request, node }) => (
              <li key={request.record.id}>
                {place(node)} <PlainText text={request.question.text} />{' '}
                <RequestSign standing={request.standing} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
};
