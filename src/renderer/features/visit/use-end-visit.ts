import { useEffect, useState, type RefObject } from 'react';
import type { Edit, Problem } from '#shared/contract/calls.ts';
import { useWriteRecordsMutation } from '#renderer/store/calls/records-api.ts';
import { editKey, failed } from '#renderer/store/editing/editing-slice.ts';
import { normalised, valueProblems } from '#renderer/store/editing/value-problems.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useAppDispatch } from '#renderer/store/store.ts';
import type { GroupForm } from '../editing/index.ts';
import { textIn } from './open-visit.ts';

export type EndVisit = {
  readonly end: () => Promise<void>;
  readonly isEnding: boolean;
  readonly problem: Problem | null;
};

const editOf = ({ target, value }: GroupForm): Edit => ({
  recordId: target.recordId,
  kind: target.kind,
  compartment: target.compartment,
  group: target.group,
  value: { ...normalised(value) } as Edit['value'],
  basedOn: [],
});

/**
 * Ends a visit: what was told, and the question if one was put, become records in one write, or neither does.
 * What does not fit is said at its field, the first of which takes the focus.
 */
export const useEndVisit = (
  report: GroupForm,
  question: GroupForm,
  page: RefObject<HTMLElement | null>,
  onEnded: () => void,
): EndVisit => {
  const dispatch = useAppDispatch();
  const [write, { isLoading, error }] = useWriteRecordsMutation();
  const [timesRefused, setTimesRefused] = useState(0);
  useEffect(() => {
    if (timesRefused === 0) return;
    page.current
      ?.querySelector<HTMLElement>(':is(input, textarea, button)[aria-invalid=true]')
      ?.focus();
  }, [timesRefused, page]);
  const end = async (): Promise<void> => {
    if (isLoading) return;
    const asks = textIn(question.value, 'text').trim() !== '';
    const forms = asks ? [report, question] : [report];
    const misfits = forms.flatMap((form) => {
      const { kind, group } = form.target;
      const fields = valueProblems(kind, group, normalised(form.value));
      return Object.keys(fields).length > 0 ? [{ form, fields }] : [];
    });
    for (const { form, fields } of misfits) {
      form.set({});
      dispatch(failed({ key: editKey(form.target), problem: null, fields }));
    }
    if (misfits.length > 0) {
      setTimesRefused((times) => times + 1);
      return;
    }
    const done = await write({ caseId: report.target.caseId, edits: forms.map(editOf) });
    if (done.error !== undefined) return;
    report.discard();
    question.discard();
    onEnded();
  };
  return { end, isEnding: isLoading, problem: error === undefined ? null : problemOf(error) };
};
