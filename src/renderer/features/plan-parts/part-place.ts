import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import { planIdOf, type Id } from '#shared/domain/ids.ts';
import { isRowKind } from '#shared/domain/plan-elements.ts';
import { recordById, recordsOf } from '#renderer/store/reading.ts';

/** The plan's record; one that nobody has written yet comes to be by the first edit. */
export const planRecordOf = (view: ClientView): RecordView =>
  recordsOf(view, 'plan')[0] ?? {
    id: planIdOf(view.caseId),
    kind: 'plan',
    compartment: jointPlan,
    newer: false,
    groups: {},
    existence: { state: 'standing' },
    existenceTouched: null,
    drafts: {},
    unseen: [],
  };

/** Whether an address's record is read and written among the plan's parts, and not in its tree. */
export const isPartPlace = (view: ClientView, recordId: Id | null): boolean =>
  recordId !== null &&
  (recordId === planRecordOf(view).id || isRowKind(recordById(view, recordId)?.kind ?? ''));
