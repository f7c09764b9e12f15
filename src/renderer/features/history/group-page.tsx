import { useTranslation } from 'react-i18next';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { familyPart } from '#shared/domain/records/family.ts';
import { existenceGroup } from '#shared/domain/records/kinds.ts';
import { TextLink } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { Select } from '#renderer/components/select.tsx';
import { useReadGroupHistoryQuery } from '#renderer/store/calls/history-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { clientHref, goTo, tabOfKind } from '#renderer/store/route.ts';
import { useRecordName } from '../conflicts/index.ts';
import { MissingWords, NoHistory, SourceWords } from './history-source.tsx';
import { VersionEntry } from './version-entry.tsx';

type GroupPageProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly record: RecordView;
  /** Null: the first that the record has. */
  readonly group: string | null;
};

/** What a record has, and that it was removed or given back. */
const groupsOf = (record: RecordView): readonly string[] => [
  ...Object.keys(record.groups).filter((group) => group !== familyPart),
  ...(record.existenceTouched === null ? [] : [existenceGroup]),
];

/** Where something was written last, which is what somebody mostly comes for; where a row stands says little. */
const lastWritten = (record: RecordView): string | undefined =>
  Object.entries(record.groups)
    .filter(([group]) => group !== 'order' && group !== familyPart)
    .map(([group, { heads }]) => ({ group, time: Math.max(...heads.map((head) => head.time)) }))
    .toSorted((a, b) => b.time - a.time)[0]?.group;

/** All versions of one group of a record, the newest first. */
export const GroupPage = ({ view, directory, record, group }: GroupPageProps) => {
  const { t } = useTranslation(['history', 'records']);
  const nameOf = useRecordName(view, directory);
  const { caseId } = view;
  const { id: recordId, kind } = record;
  const groups = groupsOf(record);
  const shown = group ?? lastWritten(record) ?? existenceGroup;
  const { data, error, refetch } = useReadGroupHistoryQuery({ caseId, recordId, group: shown });
  const wordOf = (each: string): string =>
    t([`records:group.${kind}.${each}`, `history:group.${each}`, 'records:group.unknown']);
  const { name, title } = nameOf(recordId);
  return (
    <div className="page-body history">
      <Card
        title={
          <>
            {t('history:versionsOf', { what: name })} <PlainText text={title} />
          </>
        }
        {...(data === undefined ? {} : { note: <SourceWords source={data.source} /> })}
        more={
          <span className="row">
            <TextLink href={clientHref(caseId, 'history')}>{t('history:toTimeline')}</TextLink>
            <TextLink href={clientHref(caseId, tabOfKind(kind), { recordId })}>
              {t('history:toPlace')}
            </TextLink>
          </span>
        }
      >
        <Select
          label={t('history:whichGroup')}
          options={[...new Set([...groups, shown])].map((id) => ({ id, label: wordOf(id) }))}
          value={shown}
          onChange={(id) => goTo(clientHref(caseId, 'history', { recordId, group: id }), 'replace')}
        />
      </Card>
      {data !== undefined && (
        <MissingWords missing={data.missing} contactCovered={data.contactCovered} />
      )}
      {data === undefined && error !== undefined && (
        <NoHistory error={error} onAgain={() => void refetch()} />
      )}
      {data?.versions.length === 0 && !data.contactCovered && (
        <EmptyState>{t('history:empty')}</EmptyState>
      )}
      {data !== undefined && data.versions.length > 0 && (
        <ol className="card history-versions">
          {data.versions.map((version) => (
            <li key={version.changeId}>
              <VersionEntry version={version} view={view} directory={directory} alone />
            </li>
          ))}
        </ol>
      )}
    </div>
  );
};
