import type { Problem } from '#shared/contract/calls.ts';
import type { UnreadView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import { setAsideOfCase } from '#main/db/queries/set-aside-changes.ts';

/**
 * What could not be read of a client, as far as it lies in open parts (SPEC N3). Where the part cannot be
 * told, it may be an open one.
 */
export const unreadOf = (
  db: ReadableDb,
  caseId: Id,
  isOpen: (compartment: string) => boolean,
): UnreadView => {
  const rows = setAsideOfCase(db, caseId).filter(
    ({ compartment }) => compartment === null || isOpen(compartment),
  );
  return {
    whole: rows.some(({ recordId }) => recordId === null),
    places: rows.flatMap(({ recordId, group }) => (recordId === null ? [] : [{ recordId, group }])),
  };
};

/** Why a group, or with null any group of a record, may not be written until it has been read; or null. */
export const unreadProblem = (
  { whole, places }: UnreadView,
  recordId: Id,
  group: string | null,
): Problem | null =>
  whole ||
  places.some(
    (place) =>
      place.recordId === recordId &&
      (group === null || place.group === null || place.group === group),
  )
    ? { code: 'not-all-read' }
    : null;
