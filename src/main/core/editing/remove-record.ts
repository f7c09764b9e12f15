import type { Problem } from '#shared/contract/calls.ts';
import type { Change } from '#shared/domain/change.ts';
import { finnishDate } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';
import { existenceGroup, kindDefinition } from '#shared/domain/records/kinds.ts';
import { maySettle } from '#shared/domain/records/settling.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { headsOf } from '#shared/sync/heads.ts';
import { discardDraft } from '#main/db/queries/drafts.ts';
import type { Desk } from '../desk.ts';
import { collectTouched } from '../derived/refresh.ts';
import { problem } from '../problems.ts';
import { existenceOf, headsOfRecord, type RecordChanges } from '../records/group-state.ts';
import { unreadOf, unreadProblem } from '../records/unread.ts';
import { ownFacts } from '../rights/open-parts.ts';
import { writeProblem } from '../rights/write-rights.ts';
import { recordChange, writtenChange } from './compose-change.ts';
import { isForNewer } from './newer-program.ts';
import { groupsOfRecord, inCase, type Written } from './write-edits.ts';

/**
 * A client and its plan end in other ways: removing them would hide everything that hangs on them. A
 * dissenting view stays beside what was agreed (417/2007 30 §).
 */
const neverRemoved: ReadonlySet<string> = new Set(['client', 'plan', 'dissenting-view']);

/**
 * Removes a record with a reason: a change that names the heads of every group known here (SPEC R1), also of
 * those that only a newer program can write (V6).
 */
export const removeRecord = (
  desk: Desk,
  caseId: Id,
  recordId: Id,
  reason: string,
): Result<Written, Problem> =>
  writeExistence(desk, caseId, recordId, (groups) => ({
    state: 'removed',
    reason,
    covers: headsOfRecord(groups).toSorted(),
  }));

/** Takes a removal back (SPEC R3). */
export const restoreRecord = (desk: Desk, caseId: Id, recordId: Id): Result<Written, Problem> =>
  writeExistence(desk, caseId, recordId, () => ({ state: 'standing' }));

const writeExistence = (
  desk: Desk,
  caseId: Id,
  recordId: Id,
  value: (groups: RecordChanges) => Change['value'],
): Result<Written, Problem> =>
  inCase(desk, caseId, (caseNo, parts) => {
    const groups = groupsOfRecord(desk, caseNo, recordId);
    const shape = [...groups.values()][0]?.[0]?.shape;
    if (!shape) return problem('not-found');
    const trouble =
      writeProblem(desk, caseNo, parts, shape) ??
      unreadProblem(
        unreadOf(desk.db, caseId, () => true),
        recordId,
        null,
      );
    if (trouble) return err(trouble);
    // Removed and edited apart from each other: keeping or removing it decides between the two (R2).
    const place = { kind: shape.kind, group: existenceGroup };
    if (
      existenceOf(groups).state === 'removed-and-edited' &&
      !maySettle(place, ownFacts(desk).tasks, finnishDate(desk.now()))
    ) {
      return problem('not-yours-to-settle');
    }
    const existence = groups.get(existenceGroup) ?? [];
    if (!kindDefinition(shape.kind) || isForNewer({ ...shape, group: existenceGroup }, existence)) {
      return problem('newer-program');
    }
    if (neverRemoved.has(shape.kind) || kindDefinition(shape.kind)?.appendOnly) {
      return problem('not-removable');
    }
    const change = recordChange(desk, caseNo, {
      recordId,
      kind: shape.kind,
      caseId,
      compartment: shape.compartment,
      group: existenceGroup,
      value: value(groups),
      parents: headsOf(existence).map((head) => head.id),
    });
    for (const group of groups.keys()) discardDraft(desk.db, caseNo, recordId, group);
    const touched = collectTouched(desk);
    touched.note(caseNo, change, false);
    touched.refresh(desk.db);
    return ok({ changes: [writtenChange(change)], savedAt: desk.now() });
  });
