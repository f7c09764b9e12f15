import type { ClientView, GroupView, RecordView, VersionView } from '#shared/contract/views.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import type { Id } from '#shared/domain/ids.ts';
import { existenceGroup } from '#shared/domain/records/kinds.ts';
import type { CaseNo } from '#main/db/queries/cases.ts';
import { readCase, type KnownChange } from '#main/db/queries/changes.ts';
import { draftsOfCase, type Draft } from '#main/db/queries/drafts.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import { refusedOfCase, waitingOfCase } from '#main/db/queries/outbox.ts';
import { byGroup, byRecord, existenceOf, groupState, type ReadVersion } from './group-state.ts';

const versionView = (version: ReadVersion, waiting: ReadonlySet<Id>): VersionView => ({
  changeId: version.id,
  value: version.value,
  authorId: version.change.author.personId,
  profession: version.change.author.profession,
  time: version.change.timeMs,
  waiting: waiting.has(version.id),
});

const groupView = (
  changes: readonly KnownChange[],
  waiting: ReadonlySet<Id>,
): GroupView | undefined => {
  const state = groupState(changes);
  if (state.state === 'empty') return undefined;
  const heads = state.heads.map((head) => versionView(head, waiting));
  switch (state.state) {
    case 'settled':
      return { state: 'settled', value: state.value, heads };
    case 'merged':
      return {
        state: 'merged',
        value: state.value,
        heads,
        ancestor: versionView(state.ancestor, waiting),
      };
    case 'conflict':
      return {
        state: 'conflict',
        heads,
        ancestor: state.ancestor && versionView(state.ancestor, waiting),
      };
    default:
      return assertNever(state);
  }
};

const recordView = (
  recordId: Id,
  changes: readonly KnownChange[],
  waiting: ReadonlySet<Id>,
  drafts: readonly Draft[],
): RecordView => {
  const groups = byGroup(changes);
  const views: Record<string, GroupView> = {};
  for (const [group, groupChanges] of groups) {
    if (group === existenceGroup) continue;
    const view = groupView(groupChanges, waiting);
    if (view) views[group] = view;
  }
  const existence = existenceOf(groups);
  const touches = groups.get(existenceGroup) ?? [];
  return {
    id: recordId,
    kind: changes[0]?.shape.kind ?? drafts[0]?.kind ?? '',
    compartment: changes[0]?.shape.compartment ?? drafts[0]?.compartment ?? '',
    groups: views,
    existence:
      existence.state === 'removed-and-edited'
        ? { ...existence, editedBy: [...existence.editedBy] }
        : existence,
    existenceTouched:
      touches.length === 0
        ? null
        : {
            time: Math.max(...touches.map((change) => change.timeMs)),
            waiting: touches.some((change) => waiting.has(change.id)),
          },
    drafts: Object.fromEntries(
      drafts.map((draft) => [
        draft.group,
        { value: draft.value, basedOn: [...draft.basedOn], savedAt: draft.savedAt },
      ]),
    ),
  };
};

/**
 * A whole client as the window shows it. Drafts of records that nobody has written yet come as records
 * without groups, so that a note left in the middle is found again.
 */
export const readCaseView = (
  db: ReadableDb,
  caseId: Id,
  caseNo: CaseNo,
  access: ClientView['access'],
): ClientView => {
  const waiting = waitingOfCase(db, caseNo);
  const records = byRecord(readCase(db, caseNo));
  const drafts = Map.groupBy(draftsOfCase(db, caseNo), (draft) => draft.recordId);
  const ids = new Set([...records.keys(), ...drafts.keys()]);
  return {
    caseId,
    records: [...ids].map((id) =>
      recordView(id, records.get(id) ?? [], waiting, drafts.get(id) ?? []),
    ),
    waiting: waiting.size,
    refused: refusedOfCase(db, caseNo).map((row) => ({
      changeId: row.changeId,
      caseId,
      recordId: row.change.recordId,
      kind: row.change.kind,
      group: row.change.group,
      value: row.change.value,
      code: row.refused ?? '',
      time: row.madeAt,
    })),
    access,
  };
};
