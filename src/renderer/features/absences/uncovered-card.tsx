import { useTranslation } from 'react-i18next';
import { Banner } from '#renderer/components/banner.tsx';
import { TextLink } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { Icon } from '#renderer/components/icon.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { useReadUncoveredQuery } from '#renderer/store/calls/absences-api.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { clientHref } from '#renderer/store/route.ts';
import { useProblemWords } from '../problems/index.ts';
import type { AbsenceRow } from './absence-form.ts';
import { byClient } from './absence-rows.ts';

/** What the absent person answers for and nobody steps in to, client by client, with the way to mend it. */
export const UncoveredCard = ({
  row,
  name,
}: {
  readonly row: AbsenceRow;
  readonly name: string;
}) => {
  const { t } = useTranslation('absences');
  const words = useProblemWords();
  const { currentData, error } = useReadUncoveredQuery({ id: row.id });
  const clients = byClient(currentData?.rows ?? []);
  // Of some the asker learns only that they are there.
  const untold = row.uncovered - (currentData?.rows.length ?? row.uncovered);
  return (
    <Card title={t('uncovered.title', { name })} note={t('uncovered.note')}>
      {error !== undefined && (
        <Banner tone="bad" shape="box" announce="polite">
          {words(problemOf(error))}
        </Banner>
      )}
      {currentData && clients.length === 0 && untold <= 0 && (
        <EmptyState>{t('uncovered.none')}</EmptyState>
      )}
      {clients.map((client) => (
        <section key={client.caseId} aria-label={client.clientName} className="absence-client">
          <h3>
            <PlainText text={client.clientName} />
          </h3>
          <ul className="list">
            {client.rows.map(({ recordId, kind, title }) => (
              <li key={`${recordId}-${kind}`}>
                <Icon name="gap" size={15} />
                <span className="grow">
                  <span className="muted">{t(`uncovered.kind.${kind}`)}</span>{' '}
                  <PlainText text={title} />
                </span>
                <TextLink
                  href={clientHref(client.caseId, kind === 'action' ? 'plan' : 'team', {
                    recordId,
                  })}
                >
                  {kind === 'action' ? t('uncovered.toAction') : t('uncovered.toTeam')}
                </TextLink>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {untold > 0 && <p className="muted text-s">{t('uncovered.untold', { count: untold })}</p>}
    </Card>
  );
};
