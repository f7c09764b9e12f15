import type { ClientView, GroupView, RecordView, VersionView } from '#shared/contract/views.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import type { Id } from '#shared/domain/ids.ts';
import { existenceGroup, kindDefinition, type GroupValue } from '#shared/domain/records/kinds.ts';
import { headsOf } from '#shared/sync/heads.ts';
import { isNewer } from '#shared/sync/versions.ts';
import type { CaseNo } from '#main/db/queries/cases.ts';
import { readCase, type KnownChange } from '#main/db/queries/changes.ts';
import { draftsOfCase, type Draft } from '#main/db/queries/drafts.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import { refusedOfCase, waitingOfCase } from '#main/db/queries/outbox.ts';
import { unseenOfCase } from '#main/db/queries/unseen-changes.ts';
import { scopesOfCase, type HeldGrant } from '#main/db/queries/scopes.ts';
import { isForNewer } from '../editing/newer-program.ts';
import { unreadOf } from './unread.ts';
import { byGroup, byRecord, existenceOf, groupState, type ReadVersion } from './group-state.ts';

const versionView = (version: ReadVersion, waiting: ReadonlySet<Id>): VersionView => ({
  changeId: version.id,
  value: version.value,
  authorId: version.change.author.personId,
  profession: version.change.author.profession,
  time: version.change.timeMs,
  waiting: waiting.has(version.id),
});

/** Groups in which somebody else's version that stands now has not been looked at. */
const unseenGroups = (
  groups: ReadonlyMap<string, readonly KnownChange[]>,
  unseen: ReadonlySet<Id>,
): string[] =>
  unseen.size === 0
    ? []
    : [...groups]
        .filter(([, changes]) => headsOf(changes).some(({ id }) => unseen.has(id)))
        .map(([group]) => group);

const groupView = (
  changes: readonly KnownChange[],
  waiting: ReadonlySet<Id>,
): GroupView | undefined => {
  const state = groupState(changes);
  const shape = changes[0]?.shape;
  if (state.state === 'empty' || !shape) return undefined;
  const heads = state.heads.map((head) => versionView(head, waiting));
  const newer = isNewer(
    shape,
    state.heads.map((head) => ({ value: head.value, schema: head.change.schema })),
  );
  switch (state.state) {
    case 'settled':
      return { state: 'settled', value: state.value, heads, newer };
    case 'merged':
      return {
        state: 'merged',
        value: state.value,
        heads,
        newer,
        ancestor: versionView(state.ancestor, waiting),
      };
    case 'conflict':
      return {
        state: 'conflict',
        heads,
        newer,
        ancestor: state.ancestor && versionView(state.ancestor, waiting),
      };
    default:
      return assertNever(state);
  }
};

/** One record of a client, from its changes and what its writer has not finished. */
export const recordView = (
  recordId: Id,
  changes: readonly KnownChange[],
  waiting: ReadonlySet<Id>,
  drafts: readonly Draft[],
  unseen: ReadonlySet<Id>,
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
  const kind = changes[0]?.shape.kind ?? drafts[0]?.kind ?? '';
  return {
    id: recordId,
    kind,
    newer: !kindDefinition(kind) || isForNewer({ kind, group: existenceGroup }, touches),
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
            heads: headsOf(touches).map(({ id }) => id),
          },
    drafts: Object.fromEntries(
      drafts.map((draft) => [
        draft.group,
        { value: draft.value, basedOn: [...draft.basedOn], savedAt: draft.savedAt },
      ]),
    ),
    unseen: unseenGroups(groups, unseen),
  };
};

/** What of the client may be shown: the open parts, and whether contact details have been asked for. */
export type Shown = {
  readonly parts: readonly HeldGrant[];
  readonly contactRevealed: boolean;
};

/**
 * A whole client as the window shows it, of the open parts alone. Drafts of records that nobody has written
 * yet come as records without groups, so that a note left in the middle is found again. Under a restraint
 * on disclosure (turvakielto, 703/2023 38 §) contact details are withheld until they have been asked for.
 */
export const readCaseView = (
  db: ReadableDb,
  caseId: Id,
  caseNo: CaseNo,
  { parts, contactRevealed }: Shown,
): ClientView => {
  const waiting = waitingOfCase(db, caseNo);
  const isOpen = openness(db, caseNo, parts);
  const records = byRecord(readCase(db, caseNo).filter(({ shape }) => isOpen(shape.compartment)));
  const drafts = Map.groupBy(
    draftsOfCase(db, caseNo).filter((draft) => isOpen(draft.compartment)),
    (draft) => draft.recordId,
  );
  const unseen = unseenOfCase(db, caseNo);
  const views = [...new Set([...records.keys(), ...drafts.keys()])].map((id) =>
    recordView(id, records.get(id) ?? [], waiting, drafts.get(id) ?? [], unseen.changeIds),
  );
  const covers = !contactRevealed && isRestrained(records.get(caseId) ?? []);
  const isCovered = (kind: string): boolean => covers && kind === 'contact';
  return {
    caseId,
    records: views.map((view) => (isCovered(view.kind) ? withheld(view) : view)),
    waiting: waiting.size,
    refused: refusedOfCase(db, caseNo)
      .filter(({ change }) => isOpen(change.compartment) && !isCovered(change.kind))
      .map((row) => ({
        changeId: row.changeId,
        caseId,
        recordId: row.change.recordId,
        kind: row.change.kind,
        group: row.change.group,
        value: row.change.value,
        code: row.refused ?? '',
        time: row.madeAt,
      })),
    access: { parts: [...parts] },
    contactCovered: views.some((view) => isCovered(view.kind)),
    unread: unreadOf(db, caseId, isOpen),
    unseenThrough: unseen.through,
  };
};

/** A part is shown when it is open, or when nothing but own unfinished writing is in it. */
const openness = (
  db: ReadableDb,
  caseNo: CaseNo,
  parts: readonly HeldGrant[],
): ((compartment: string) => boolean) => {
  const open = new Set(parts.map(({ compartment }) => compartment));
  const held = new Set(scopesOfCase(db, caseNo).map(({ compartment }) => compartment));
  return (compartment) => open.has(compartment) || !held.has(compartment);
};

/** While versions differ, the restraint holds if any of them says so. */
export const isRestrained = (client: readonly KnownChange[]): boolean =>
  headsOf(client.filter(({ shape }) => shape.group === 'protection')).some(
    (head) =>
      (JSON.parse(head.valueText) as Partial<GroupValue<'client', 'protection'>>)
        .restraintOnDisclosure === true,
  );

/** A record of which nothing but its being there is shown. */
export const withheld = (view: RecordView): RecordView => ({
  ...view,
  groups: {},
  drafts: {},
  unseen: [],
});
