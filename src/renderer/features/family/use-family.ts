import { useMemo } from 'react';
import type { ClientView } from '#shared/contract/views.ts';
import { useShowFamilyQuery } from '#renderer/store/calls/records-api.ts';
import { standingOf } from '#renderer/store/reading.ts';
import { commonRows, membersOf, nobody, siblingsOf } from './family.ts';

/** The client's family as far as this person may see it; asked only where somebody has been written down. */
export const useFamily = (view: ClientView) => {
  const isAlone = standingOf(view, 'family-member').length === 0;
  const { data } = useShowFamilyQuery({ caseId: view.caseId }, { skip: isAlone });
  const shown = isAlone ? nobody : (data ?? nobody);
  return useMemo(() => {
    const members = membersOf(view, shown);
    return { members, siblings: siblingsOf(members), common: commonRows(view, shown) };
  }, [view, shown]);
};
export type Family = ReturnType<typeof useFamily>;
