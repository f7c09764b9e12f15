import type { CallOutput, Edit, Problem } from '#shared/contract/calls.ts';
import type { Change } from '#shared/domain/change.ts';
import { compartmentId } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { groupDefinition, kindDefinition } from '#shared/domain/records/kinds.ts';
import { sameJson, type Json } from '#shared/lib/canonical-json.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import { headsOf } from '#shared/sync/heads.ts';
import type { CaseNo } from '#main/db/queries/cases.ts';
import { findHeldCase, readRecord, type KnownChange } from '#main/db/queries/changes.ts';
import { discardDraft } from '#main/db/queries/drafts.ts';
import { withTransaction } from '#main/db/handles.ts';
import { forgetNames } from '#main/db/queries/names.ts';
import type { HeldGrant } from '#main/db/queries/scopes.ts';
import type { Desk } from '../desk.ts';
import { collectTouched } from '../derived/refresh.ts';
import { joined, problem } from '../problems.ts';
import { byGroup } from '../records/group-state.ts';
import { openParts } from '../rights/open-parts.ts';
import { unreadOf, unreadProblem } from '../records/unread.ts';
import { isMisplaced, settlingProblem, writeProblem } from '../rights/write-rights.ts';
import { recordChange, valueToWrite, writtenChange, type NewChange } from './compose-change.ts';
import { newerProblem } from './newer-program.ts';

export type Written = CallOutput<'records.write'>;

/**
 * Runs `work` in one transaction on a client of whom something is open here. What exactly may be written is
 * asked of the open parts; the region decides it anew when the change arrives.
 */
export const inCase = <T>(
  desk: Desk,
  caseId: Id,
  work: (caseNo: CaseNo, parts: readonly HeldGrant[]) => Result<T, Problem>,
): Result<T, Problem> => {
  const result = withTransaction<Result<T, Problem>>(desk.db, (db, undo) => {
    const caseNo = findHeldCase(db, caseId);
    if (caseNo === undefined) return undo(problem('not-on-this-device'));
    const parts = openParts(db, caseNo, desk.now());
    if (parts.length === 0) return undo(problem('no-access'));
    const done = work(caseNo, parts);
    return done.ok ? done : undo(done);
  });
  if (!result.ok || !result.value.ok) forgetNames(desk.db);
  return joined(result);
};

/** Why an edit cannot become a change, or null. `known` are the record's changes. */
const editProblem = (edit: Edit, known: readonly KnownChange[]): Problem | null => {
  const ofGroup = known.filter((change) => change.shape.group === edit.group);
  const definition = groupDefinition(edit.kind, edit.group);
  if (!definition) {
    return (
      newerProblem(edit, edit.basedOn, ofGroup) ?? {
        code: 'unknown-kind',
        path: `${edit.kind}.${edit.group}`,
      }
    );
  }
  if (!compartmentId.safeParse(edit.compartment).success) {
    return { code: 'unknown-code', path: 'compartment' };
  }
  const [first] = known;
  if (first && (first.shape.kind !== edit.kind || first.shape.compartment !== edit.compartment)) {
    return { code: 'identity-of-record' };
  }
  if (!first && isMisplaced(edit)) return { code: 'identity-of-record', path: 'compartment' };
  const value = definition.schema.safeParse(edit.value);
  if (!value.success) {
    const issue = value.error.issues[0];
    const own = issue && /^[a-z][a-z-]+$/u.test(issue.message) ? issue.message : 'bad-value';
    return { code: own, path: issue?.path.map(String).join('.') ?? '' };
  }
  if (kindDefinition(edit.kind)?.appendOnly && ofGroup.length > 0) return { code: 'append-only' };
  const knownIds = new Set(ofGroup.map((change) => change.id));
  if (!edit.basedOn.every((parent) => knownIds.has(parent))) return { code: 'foreign-parent' };
  return newerProblem(edit, edit.basedOn, ofGroup);
};

const valuesOf = (known: readonly KnownChange[], ids: readonly Id[]): readonly Change['value'][] =>
  known
    .filter(({ id }) => ids.includes(id))
    .map(({ valueText }) => JSON.parse(valueText) as Change['value']);

/** True when the edit says what its single settled version says already. */
const changesNothing = (edit: Edit, known: readonly KnownChange[]): boolean => {
  const heads = headsOf(known.filter((change) => change.shape.group === edit.group));
  const [head] = heads;
  return (
    heads.length === 1 &&
    head !== undefined &&
    edit.basedOn.includes(head.id) &&
    sameJson(
      JSON.parse(head.valueText) as Json,
      valueToWrite({ ...edit, parents: edit.basedOn }, known),
    )
  );
};

/**
 * Writes what a person edited: each edit becomes a change whose parents are the heads the person was
 * looking at (SPEC D5), in one transaction with the outbox, the lists and the end of the draft. An edit
 * that changes nothing writes nothing. Either all edits are written or none.
 */
export const writeEdits = (
  desk: Desk,
  caseId: Id,
  edits: readonly Edit[],
): Result<Written, Problem> =>
  inCase(desk, caseId, (caseNo, parts) => {
    const touched = collectTouched(desk);
    const written: Written['changes'] = [];
    const unread = unreadOf(desk.db, caseId, () => true);
    // Asked before anything is written: the first edit of a part of one's own must not close it to the next.
    const rights = edits.map((edit) => writeProblem(desk, caseNo, parts, edit));
    for (const [index, edit] of edits.entries()) {
      const known = readRecord(desk.db, caseNo, edit.recordId);
      const trouble =
        editProblem(edit, known) ??
        rights[index] ??
        settlingProblem(desk, edit, valuesOf(known, edit.basedOn)) ??
        unreadProblem(unread, edit.recordId, edit.group);
      if (trouble) {
        return problem(trouble.code, [`edits.${index}`, trouble.path].filter(Boolean).join('.'));
      }
      discardDraft(desk.db, caseNo, edit.recordId, edit.group);
      if (changesNothing(edit, known)) continue;
      const change = recordChange(desk, caseNo, asChange(caseId, edit));
      touched.note(caseNo, change, false);
      written.push(writtenChange(change));
    }
    touched.refresh(desk.db);
    return ok({ changes: written, savedAt: desk.now() });
  });

const asChange = (caseId: Id, edit: Edit): NewChange => ({
  recordId: edit.recordId,
  kind: edit.kind,
  caseId,
  compartment: edit.compartment,
  group: edit.group,
  value: edit.value,
  parents: edit.basedOn,
});

/** A record's changes by group, for commands that need its heads. */
export const groupsOfRecord = (desk: Desk, caseNo: CaseNo, recordId: Id) =>
  byGroup(readRecord(desk.db, caseNo, recordId));
