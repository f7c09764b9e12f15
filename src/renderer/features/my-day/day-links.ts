import type { WorkItem } from '#shared/contract/work-calls.ts';
import { clientHref, syncHref, tabOfKind } from '#renderer/store/route.ts';

/** The place itself: the client, the tab and the row. */
export const hrefOf = ({ sort, client, recordId, group, kind }: WorkItem): string => {
  if (client === null) return syncHref;
  switch (sort) {
    case 'conflict':
      return clientHref(client.caseId, tabOfKind(kind), { recordId, settle: group });
    case 'hand-over':
      return clientHref(client.caseId, 'notes', { recordId });
    case 'changed':
      return clientHref(client.caseId, 'history');
    case 'refused':
    case 'returned':
    case 'set-aside':
      return syncHref;
    default:
      return clientHref(client.caseId, 'plan', { recordId });
  }
};
