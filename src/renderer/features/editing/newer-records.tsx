import { useTranslation } from 'react-i18next';
import type { ClientView, RecordView, VersionView } from '#shared/contract/views.ts';
import { groupDefinition, kindDefinition } from '#shared/domain/records/kinds.ts';
import { Card } from '#renderer/components/card.tsx';
import { Icon } from '#renderer/components/icon.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { latestVersion } from '#renderer/store/reading.ts';
import { useNow } from '#renderer/store/use-now.ts';
import { useAuthorWords } from './authors.ts';

type NewerProps = {
  readonly latest: VersionView | undefined;
  readonly directory: Directory;
};

/** Something that this program has no words for: who wrote it and when, and that an update shows it. */
const Newer = ({ latest, directory }: NewerProps) => {
  const { t } = useTranslation('records');
  const now = useNow();
  const authors = useAuthorWords(directory);
  return (
    <li className="newer-row">
      <Icon name="lock" size={14} />
      <span className="grow">
        <b>{t('newer.row')}</b>
        {latest && (
          <span className="muted">
            {' '}
            <PlainText
              text={t('newer.by', {
                name: authors.name(latest),
                moment: authors.moment(latest, now),
              })}
            />
          </span>
        )}
      </span>
    </li>
  );
};

/** The groups of a record that this program does not know. */
export const NewerGroups = ({
  record,
  directory,
}: {
  readonly record: RecordView;
  readonly directory: Directory;
}) => {
  const { t } = useTranslation('records');
  const unknown = Object.entries(record.groups).filter(
    ([group]) => !groupDefinition(record.kind, group),
  );
  if (unknown.length === 0) return undefined;
  return (
    <div className="newer-groups">
      <ul className="list">
        {unknown.map(([group, view]) => (
          <Newer key={group} latest={latestVersion(view.heads)} directory={directory} />
        ))}
      </ul>
      <p className="muted text-xs">{t('newer.update')}</p>
    </div>
  );
};

/** The records of a client whose kind this program does not know. */
export const NewerRecords = ({
  view,
  directory,
}: {
  readonly view: ClientView;
  readonly directory: Directory;
}) => {
  const { t } = useTranslation('records');
  const unknown = view.records.filter(
    (record) => !kindDefinition(record.kind) && record.existence.state !== 'removed',
  );
  if (unknown.length === 0) return undefined;
  return (
    <Card
      title={t('newer.title')}
      note={String(unknown.length)}
      more={<span className="muted text-xs">{t('newer.update')}</span>}
      className="newer-records"
    >
      <ul className="list">
        {unknown.map((record) => (
          <Newer
            key={record.id}
            latest={latestVersion(Object.values(record.groups).flatMap(({ heads }) => heads))}
            directory={directory}
          />
        ))}
      </ul>
    </Card>
  );
};
