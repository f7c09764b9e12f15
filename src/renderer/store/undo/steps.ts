import type { CallInput, CallOutput, Edit } from '#shared/contract/calls.ts';
import type { ClientView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import { kindDefinition } from '#shared/domain/records/kinds.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { recordById, shownValue } from '../reading.ts';

/** One group that this person wrote over, and what it said before. */
type Overwritten = Pick<Edit, 'recordId' | 'kind' | 'compartment' | 'group'> & {
  readonly before: JsonObject;
  /** The change that was written: undone only while nothing else stands there. */
  readonly changeId: Id;
};

/** What one act of this person's did, so that it can be taken back. */
export type UndoStep = {
  readonly caseId: Id;
  readonly overwritten: readonly Overwritten[];
  /** Records that came to be by it. */
  readonly made: readonly Id[];
  /** A record that was removed by it. */
  readonly removed: Id | null;
};

/** The record that a step is about: what is told of it. */
export const recordOfStep = ({ overwritten, made, removed }: UndoStep): Id | null =>
  removed ?? made[0] ?? overwritten[0]?.recordId ?? null;

/**
 * What a writing did, by the client as it was before. Null where nothing of it can be taken back: what is
 * written once for all (a note, a rating), what settled two versions, and a first text of a record.
 */
export const stepOfWriting = (
  view: ClientView,
  { caseId, edits }: CallInput<'records.write'>,
  { changes }: CallOutput<'records.write'>,
): UndoStep | null => {
  if (edits.some(({ kind }) => kindDefinition(kind)?.appendOnly !== false)) return null;
  const isNew = (recordId: Id): boolean =>
    Object.keys(recordById(view, recordId)?.groups ?? {}).length === 0;
  const made = [...new Set(edits.map(({ recordId }) => recordId))].filter(isNew);
  const overwritten = edits.flatMap((edit): readonly Overwritten[] => {
    const { recordId, kind, compartment, group } = edit;
    const change = changes.find((each) => each.recordId === recordId && each.group === group);
    const said = recordById(view, recordId)?.groups[group];
    const before = said?.state === 'settled' ? shownValue(said) : undefined;
    return change === undefined || before === undefined || made.includes(recordId)
      ? []
      : [{ recordId, kind, compartment, group, before, changeId: change.changeId }];
  });
  return made.length + overwritten.length === 0
    ? null
    : { caseId, overwritten, made, removed: null };
};

export const stepOfRemoval = ({ caseId, recordId }: CallInput<'records.remove'>): UndoStep => ({
  caseId,
  overwritten: [],
  made: [],
  removed: recordId,
});

/** What takes a step back, or that somebody has written there since and nothing is taken back. */
export type Undoing =
  | {
      readonly is: 'possible';
      readonly edits: readonly Edit[];
      readonly remove: readonly Id[];
      readonly restore: Id | null;
    }
  | { readonly is: 'changed-since' };

/** Whether all that stands of a record is this person's, so that removing it takes nobody's words away. */
const isOnlyOwn = (view: ClientView, recordId: Id, ownId: Id): boolean =>
  Object.values(recordById(view, recordId)?.groups ?? {}).every(({ heads }) =>
    heads.every((head) => head.authorId === ownId),
  );

/** How a step is taken back as the client is now: a new version of each group, or nothing at all. */
export const undoingOf = (step: UndoStep, view: ClientView, ownId: Id): Undoing => {
  const isUntouched = step.overwritten.every(({ recordId, group, changeId }) => {
    const heads = recordById(view, recordId)?.groups[group]?.heads ?? [];
    return heads.length === 1 && heads[0]?.changeId === changeId;
  });
  const isOwn = step.made.every((id) => isOnlyOwn(view, id, ownId));
  const isStillRemoved =
    step.removed === null || recordById(view, step.removed)?.existence.state === 'removed';
  if (!isUntouched || !isOwn || !isStillRemoved) return { is: 'changed-since' };
  return {
    is: 'possible',
    edits: step.overwritten.map(
      ({ changeId, before, ...place }): Edit =>
        ({ ...place, value: { ...before }, basedOn: [changeId] }) as Edit,
    ),
    remove: step.made,
    restore: step.removed,
  };
};
