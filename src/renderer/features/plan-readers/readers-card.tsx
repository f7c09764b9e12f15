import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { Card } from '#renderer/components/card.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { AcknowledgeButton } from './acknowledge-button.tsx';
import { PartReaders } from './part-readers.tsx';
import { useReaders } from './use-plan-readers.ts';
import './plan-readers.css';

export type ReadersCardProps = { readonly view: ClientView; readonly directory: Directory };

/** Who has acknowledged the plan as it stands, who an earlier version, and what has changed since. */
export const ReadersCard = ({ view, directory }: ReadersCardProps) => {
  const { t } = useTranslation('readers');
  const { parts, version, ofTeam } = useReaders(view, view);
  if (parts.length === 0) return undefined;
  const isNobody = parts.every(({ current, earlier }) => current.length + earlier.length === 0);
  return (
    <Card
      title={t('title')}
      note={t('ofTeam', ofTeam)}
      more={<AcknowledgeButton view={view} version={version} />}
    >
      {isNobody && <p className="muted">{t('nobody')}</p>}
      {parts.map((part) => (
        <PartReaders
          key={part.compartment}
          part={part}
          directory={directory}
          isNamed={parts.length > 1}
          caseId={view.caseId}
          withEarlier
        />
      ))}
    </Card>
  );
};

export type ReadersThenProps = ReadersCardProps & {
  /** The plan as it stood. */
  readonly then: ClientView;
};

/** Who has acknowledged, then or later, the plan that stood on a day. */
export const ReadersThen = ({ then, view, directory }: ReadersThenProps) => {
  const { t } = useTranslation('readers');
  const { parts } = useReaders(then, view);
  return (
    <section className="card readers-then" aria-label={t('title')}>
      <h2>{t('title')}</h2>
      {parts.every(({ current }) => current.length === 0) && (
        <p className="muted text-s">{t('nobodyThen')}</p>
      )}
      {parts.map((part) => (
        <PartReaders
          key={part.compartment}
          part={part}
          directory={directory}
          isNamed={parts.length > 1}
          caseId={view.caseId}
        />
      ))}
    </section>
  );
};
