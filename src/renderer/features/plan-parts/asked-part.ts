import type { RecordView } from '#shared/contract/views.ts';
import { panelGroups } from '../plan/index.ts';
import type { AskedPlace, PlanRequest } from '../requests/index.ts';
import { placeOfRow, type PartRow } from './part-rows.ts';

/** What has been asked about the part that a row writes; of the plan's record also about the plan as a whole. */
export const requestsAtRow = (
  requests: readonly PlanRequest[],
  row: PartRow,
  plan: RecordView,
): readonly PlanRequest[] => {
  const place = placeOfRow(row, plan);
  return place === null
    ? []
    : requests.filter(
        ({ question }) =>
          question.recordId === place.record.id &&
          (question.group === null || question.group === place.group),
      );
};

/** What a request would be about: the part that the row writes; null where it writes none that has been written. */
export const askedPart = (row: PartRow, plan: RecordView, name: string): AskedPlace | null => {
  const place = placeOfRow(row, plan);
  if (place === null || Object.keys(place.record.groups).length === 0) return null;
  const { record, group } = place;
  return {
    recordId: record.id,
    kind: record.kind,
    compartment: record.compartment,
    name,
    title: '',
    groups: record === plan ? panelGroups.plan : [group],
    group,
  };
};
