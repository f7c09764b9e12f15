import { isOpenState } from '#shared/domain/requests/standing.ts';
import type { Id } from '#shared/domain/ids.ts';
import {
  groupDefinition,
  type GroupName,
  type GroupValue,
  type RecordKind,
} from '#shared/domain/records/kinds.ts';
import type { Change } from '#shared/domain/change.ts';
import type { CaseNo } from '#main/db/queries/cases.ts';
import type { KnownChange } from '#main/db/queries/changes.ts';
import { readPersonId } from '#main/db/queries/file-identity.ts';
import type { WritableDb } from '#main/db/handles.ts';
import {
  eraseWorkOfRecord,
  putHandOver,
  putOwnAcknowledgment,
  putOwnPlace,
  putRequest,
} from '#main/db/queries/work-rows.ts';
import { byGroup, existenceOf, groupState, type RecordChanges } from '../records/group-state.ts';
import { newestHead } from './newest-head.ts';

const kinds: ReadonlySet<string> = new Set(['request', 'acknowledgment', 'note', 'membership']);

type Noted = Pick<Change, 'kind' | 'group'> & Partial<Pick<Change, 'value'>>;

/**
 * Whether a change may alter the work list. Of a client of whom nothing was here before, other people's
 * places and acknowledgments cannot: nothing of theirs is kept.
 */
export const altersWork = ({ kind, value }: Noted, isFirstOfCase: boolean, ownId: Id): boolean => {
  if (!kinds.has(kind)) return false;
  if (value === undefined) return true;
  if (kind === 'note') return value['kind'] === undefined || value['kind'] === 'hand-over';
  return kind !== 'membership' || !isFirstOfCase || value['personId'] === ownId;
};

type Shown<K extends RecordKind, G extends GroupName<K>> = {
  readonly value: GroupValue<K, G>;
  readonly change: KnownChange;
};

/** The newest version of a group by its schema: in a conflict the list shows one, the plan all of them. */
const shown = <K extends RecordKind, G extends GroupName<K>>(
  groups: RecordChanges,
  kind: K,
  group: G,
): Shown<K, G> | null => {
  const head = newestHead(groupState(groups.get(group) ?? []));
  const read = head && groupDefinition(kind, group)?.schema.safeParse(head.value);
  return head && read?.success === true
    ? { value: read.data as GroupValue<K, G>, change: head.change }
    : null;
};

/** Works out anew what one record comes to on the work list of the file's person. */
export const refreshWorkOfRecord = (
  db: WritableDb,
  caseNo: CaseNo,
  recordId: Id,
  changes: readonly KnownChange[],
): void => {
  const kind = changes[0]?.shape.kind ?? '';
  if (changes.length > 0 && !kinds.has(kind)) return;
  eraseWorkOfRecord(db, caseNo, recordId);
  const [first] = changes;
  const groups = byGroup(changes);
  if (!first || existenceOf(groups).state === 'removed') return;
  const { compartment } = first.shape;
  const ownId = readPersonId(db);
  switch (kind) {
    case 'request': {
      const asked = shown(groups, 'request', 'question');
      if (!asked) return;
      const answer = shown(groups, 'request', 'answer');
      putRequest(db, caseNo, recordId, {
        compartment,
        question: asked.value,
        askerId: asked.change.author.personId,
        askedMs: asked.change.timeMs,
        isOpen: isOpenState(asked.value.kind, answer?.value.state ?? 'open'),
        answer: answer && {
          ...answer.value,
          by: answer.change.author.personId,
          changeId: answer.change.id,
          ms: answer.change.timeMs,
        },
      });
      return;
    }
    case 'note': {
      const entry = shown(groups, 'note', 'entry');
      if (entry?.value.kind !== 'hand-over') return;
      const authorId = entry.change.author.personId;
      if (authorId === ownId) return;
      putHandOver(db, caseNo, recordId, {
        compartment,
        authorId,
        changeId: entry.change.id,
        writtenMs: entry.change.timeMs,
        text: entry.value.text,
      });
      return;
    }
    case 'acknowledgment': {
      const receipt = shown(groups, 'acknowledgment', 'receipt');
      if (receipt?.change.author.personId !== ownId) return;
      putOwnAcknowledgment(db, caseNo, recordId, receipt.value);
      return;
    }
    default: {
      const grant = shown(groups, 'membership', 'grant');
      if (grant?.value.personId === ownId) putOwnPlace(db, caseNo, recordId, grant.value);
    }
  }
};
