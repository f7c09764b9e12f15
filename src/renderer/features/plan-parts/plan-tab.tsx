import { useMemo } from 'react';
import type { ClientView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Directory } from '#renderer/store/people.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { PlanPage } from '../plan/index.ts';
import { requestsOf, shownPlace } from '../requests/index.ts';
import { isPartPlace } from './part-place.ts';
import { PartsPage } from './parts-page.tsx';

export type PlanTabProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  /** The record to show, when the address names one; a request is shown at its place. */
  readonly recordId: Id | null;
  readonly group: string | null;
};

/** The plan's tree, or its parts: whichever has what the address names. */
export const PlanTab = ({ view, directory, recordId, group }: PlanTabProps) => {
  const today = useToday();
  const requests = useMemo(() => requestsOf(view, today), [view, today]);
  const shown = shownPlace(requests, recordId);
  if (!isPartPlace(view, shown)) {
    return <PlanPage view={view} directory={directory} recordId={recordId} />;
  }
  const asked = requests.find(({ record }) => record.id === recordId)?.question.group;
  return (
    <PartsPage
      view={view}
      directory={directory}
      requests={requests}
      recordId={shown}
      group={asked ?? group}
    />
  );
};
