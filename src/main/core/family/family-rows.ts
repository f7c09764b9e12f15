import type { RecordView } from '#shared/contract/views.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import type { CaseNo } from '#main/db/queries/cases.ts';
import { readKind } from '#main/db/queries/changes.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import { waitingOfCase } from '#main/db/queries/outbox.ts';
import type { HeldGrant } from '#main/db/queries/scopes.ts';
import { recordView } from '../records/case-view.ts';
import { byRecord } from '../records/group-state.ts';

/** The joint plan's grant among the parts that are open. */
export const jointPart = (parts: readonly HeldGrant[]): HeldGrant | undefined =>
  parts.find(({ compartment }) => compartment === jointPlan);

/** A client's records of some kinds in the joint plan, as written: nobody's unfinished words among them. */
export const jointRecords = (
  db: ReadableDb,
  caseNo: CaseNo,
  kinds: readonly string[],
): readonly RecordView[] => {
  const waiting = waitingOfCase(db, caseNo);
  const changes = kinds
    .flatMap((kind) => readKind(db, caseNo, kind))
    .filter(({ shape }) => shape.compartment === jointPlan);
  return [...byRecord(changes)].map(([recordId, ofRecord]) =>
    recordView(recordId, ofRecord, waiting, [], new Set()),
  );
};
