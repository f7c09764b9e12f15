import type { ClientView } from '#shared/contract/views.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Directory } from '#renderer/store/people.ts';
import { recordById } from '#renderer/store/reading.ts';
import { DayPage } from './day-page.tsx';
import { GroupPage } from './group-page.tsx';
import { TimelinePage } from './timeline-page.tsx';
import './history.css';

export type HistoryPageProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly place: {
    readonly recordId: Id | null;
    readonly group: string | null;
    readonly on: CivilDate | null;
    readonly since: CivilDate | null;
  };
};

/** A client's history: the timeline, the versions of one place, or the plan as it stood on a day. */
export const HistoryPage = ({ view, directory, place }: HistoryPageProps) => {
  const { recordId, group, on, since } = place;
  const record = recordById(view, recordId);
  if (on !== null) return <DayPage view={view} directory={directory} date={on} />;
  return record === undefined ? (
    <TimelinePage key={since} view={view} directory={directory} since={since} />
  ) : (
    <GroupPage view={view} directory={directory} record={record} group={group} />
  );
};
