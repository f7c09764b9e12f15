import type { Id } from '#shared/domain/ids.ts';
import type { EditedGroup, EditingState } from '#renderer/store/editing/editing-slice.ts';

const isUnderWay = ({ state }: EditedGroup): boolean =>
  state === 'typing' || state === 'kept' || state === 'writing';

/** The group of the client that is being written in this window: the one begun last, when there are several. */
export const writtenPart = (editing: EditingState, caseId: Id): EditedGroup | null =>
  Object.values(editing).findLast((edited) => edited.caseId === caseId && isUnderWay(edited)) ??
  null;
