import { existenceGroup } from '#shared/domain/records/kinds.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { CaseNo } from '#main/db/queries/cases.ts';
import { readRecord, type KnownChange } from '#main/db/queries/changes.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import { headsOf } from '#shared/sync/heads.ts';
import { newestHead } from '../derived/newest-head.ts';
import { byGroup, groupState } from '../records/group-state.ts';

/** The group that names a row of the plan. */
const namingGroup: { readonly [kind: string]: string } = {
  need: 'heading',
  goal: 'statement',
  action: 'content',
};

export type WorkPlace = { readonly kind: string; readonly title: string };

/** What a record of an open part is called; null where it is not here. */
export const placeOf = (
  db: ReadableDb,
  caseNo: CaseNo,
  recordId: Id,
  isOpen: (compartment: string) => boolean,
): WorkPlace | null => {
  const changes = readRecord(db, caseNo, recordId).filter(({ shape }) => isOpen(shape.compartment));
  const kind = changes[0]?.shape.kind;
  if (kind === undefined) return null;
  const named = byGroup(changes).get(namingGroup[kind] ?? '') ?? [];
  const title = newestHead(groupState(named))?.value['title'];
  return { kind, title: typeof title === 'string' ? title : '' };
};

const answersFor = (changes: readonly KnownChange[], personId: Id): boolean =>
  changes
    .filter(({ shape }) => shape.kind === 'action' && shape.group === 'responsibility')
    .some((change) => {
      const value = JSON.parse(change.valueText) as Record<string, unknown>;
      return value['responsibleId'] === personId || value['deputyId'] === personId;
    });

/** Who stands in a conflict, and whether it is this person's to settle: written, or answered for. */
export const partiesTo = (
  db: ReadableDb,
  caseNo: CaseNo,
  recordId: Id,
  group: string,
  personId: Id,
): { readonly heads: readonly KnownChange[]; readonly isOwn: boolean } => {
  const changes = readRecord(db, caseNo, recordId);
  const heads = headsOf(
    group === existenceGroup ? changes : changes.filter(({ shape }) => shape.group === group),
  );
  const isOwn =
    heads.some(({ author }) => author.personId === personId) || answersFor(changes, personId);
  return { heads, isOwn };
};
