import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatDate } from '#renderer/components/format.ts';
import type { Directory } from '#renderer/store/people.ts';
import { recordsOf, valueOf } from '#renderer/store/reading.ts';
import { ConflictBanners } from '../conflicts/index.ts';
import { NewerGroups, RecordGroup } from '../editing/index.ts';
import { clientFacts } from '../plan-model/index.ts';
import { ContactPart } from './contact-part.tsx';
import './details.css';

export type DetailsPageProps = { readonly view: ClientView; readonly directory: Directory };

type PartProps = DetailsPageProps & {
  readonly record: RecordView;
  readonly group: string;
  readonly note?: ReactNode;
};

/** One group of the client's record as a card: its waiting versions, its fields. */
const Part = ({ view, directory, record, group, note }: PartProps) => {
  const { t } = useTranslation('records');
  return (
    // The fields inside are a region of this name: the card is none of its own.
    <div className="card">
      <header className="card-head">
        <h2>{t(`group.client.${group}`)}</h2>
        {note !== undefined && <span className="card-note">{note}</span>}
      </header>
      <div className="card-body">
        <ConflictBanners view={view} record={record} directory={directory} of={group} />
        <RecordGroup view={view} record={record} group={group} surroundings={{ view, directory }} />
      </div>
    </div>
  );
};

/** Who the client is, how they are spoken to and reached, and whose client they are. */
export const DetailsPage = ({ view, directory }: DetailsPageProps) => {
  const { t } = useTranslation('details');
  const record = recordsOf(view, 'client')[0];
  if (!record) return <EmptyState>{t('notHere')}</EmptyState>;
  const { birthDate } = clientFacts(view);
  // The field of its own says it otherwise.
  const isWritten = Boolean(valueOf(record, 'client', 'identity')?.birthDate);
  const part = { view, directory, record };
  return (
    <div className="page-body details">
      <div className="details-column">
        <Part
          {...part}
          group="identity"
          note={
            !isWritten && birthDate !== null
              ? t('bornOn', { date: formatDate(birthDate) })
              : undefined
          }
        />
        <Part {...part} group="language" />
      </div>
      <div className="details-column">
        <Part {...part} group="protection" />
        <ContactPart view={view} directory={directory} />
        <Part {...part} group="care" />
        <NewerGroups record={record} directory={directory} />
      </div>
    </div>
  );
};
