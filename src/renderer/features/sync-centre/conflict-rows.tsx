import { useTranslation } from 'react-i18next';
import type { ClientRow, ClientView } from '#shared/contract/views.ts';
import { TextLink } from '#renderer/components/button.tsx';
import { Icon } from '#renderer/components/icon.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { useOpenClientQuery } from '#renderer/store/calls/clients-api.ts';
import { useDirectory, type Directory } from '#renderer/store/people.ts';
import { conflictsOf } from '#renderer/store/reading.ts';
import { clientHref, tabOfKind } from '#renderer/store/route.ts';
import { useConflictSentence, useRecordName } from '../conflicts/index.ts';

const nameOf = (row: ClientRow): string => `${row.familyName} ${row.givenNames}`.trim();

const Conflicts = ({
  view,
  client,
  directory,
}: {
  readonly view: ClientView;
  readonly client: string;
  readonly directory: Directory;
}) => {
  const { t } = useTranslation(['sync', 'records']);
  const sentence = useConflictSentence(directory);
  const recordName = useRecordName(view, directory);
  return view.records.flatMap((record) =>
    conflictsOf(record).map((group) => {
      const { name, title } = recordName(record.id);
      return (
        <li key={`${record.id}-${group}`}>
          <Icon name="fork" size={15} />
          <span className="grow">
            <b>
              <PlainText text={client} />
            </b>
            , {name} {title !== '' && <PlainText text={title} />}
            <br />
            <span className="muted text-xs">
              {group === 'existence'
                ? t('removedAndEdited')
                : sentence(record.groups[group]?.heads ?? [])}
            </span>
          </span>
          <TextLink
            href={clientHref(view.caseId, tabOfKind(record.kind), {
              recordId: record.id,
              settle: group,
            })}
          >
            {t('settle')}
          </TextLink>
        </li>
      );
    }),
  );
};

/** A client's own conflicts, read when the list is in sight. */
export const ConflictsOfClient = ({ row }: { readonly row: ClientRow }) => {
  const directory = useDirectory();
  const { data: view } = useOpenClientQuery({ caseId: row.caseId, from: 'list' });
  return view ? <Conflicts view={view} client={nameOf(row)} directory={directory} /> : undefined;
};
