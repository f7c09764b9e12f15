import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView, RecordView, UnreadView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { FieldSurroundings } from './people-options.ts';
import { GroupSection } from './group-section.tsx';
import { useGroupForm } from './use-group-form.ts';

export type RecordGroupProps = {
  readonly view: ClientView;
  readonly record: RecordView;
  readonly group: string;
  readonly surroundings: FieldSurroundings;
};

const isUnread = ({ whole, places }: UnreadView, recordId: Id, group: string): boolean =>
  whole ||
  places.some(
    (place) => place.recordId === recordId && (place.group === null || place.group === group),
  );

/** One group of a record that exists. While its versions wait and nothing of one's own is unfinished, only they show. */
export const RecordGroup = ({ view, record, group, surroundings }: RecordGroupProps) => {
  const { t } = useTranslation('records');
  const { id, kind, compartment } = record;
  const target = useMemo(
    () => ({ caseId: view.caseId, recordId: id, kind, compartment, group }),
    [view.caseId, id, kind, compartment, group],
  );
  const form = useGroupForm(target, record);
  const groupView = record.groups[group];
  if (groupView?.state === 'conflict' && form.state === 'untouched') return undefined;
  return (
    <GroupSection
      form={form}
      view={groupView}
      surroundings={surroundings}
      title={t(`group.${kind}.${group}`)}
      isUnread={isUnread(view.unread, id, group)}
    />
  );
};
