import type { Edit, Problem } from '#shared/contract/calls.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { useWriteRecordsMutation } from '#renderer/store/calls/records-api.ts';
import { keepDraft } from '#renderer/store/editing/autosave.ts';
import { beforeBirth, birthDateOfOpen } from '#renderer/store/editing/before-birth.ts';
import { editKey, failed, writing } from '#renderer/store/editing/editing-slice.ts';
import { normalised, valueProblems } from '#renderer/store/editing/value-problems.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useAppDispatch, useAppSelector } from '#renderer/store/store.ts';
import type { GroupForm } from './use-group-form.ts';

export type NewRecord = {
  /** Makes the record of what was typed; what does not fit is said at its field, and nothing is made. */
  readonly make: () => Promise<void>;
  readonly isMaking: boolean;
  readonly problem: Problem | null;
};

/** The edit that writes the typed group alone, of a record that nobody has written before. */
const onlyGroup = ({ target }: GroupForm, value: JsonObject): readonly Edit[] => {
  const { recordId, kind, compartment, group } = target;
  return [{ recordId, kind, compartment, group, value: { ...value }, basedOn: [] } as Edit];
};

/** A record that comes to be when somebody says so; until then every letter is a draft on this computer. */
export const useNewRecord = (
  form: GroupForm,
  onMade: () => void,
  /** For what is more than the typed group: a row's place and state. */
  editsOf: (value: JsonObject) => readonly Edit[] = (value) => onlyGroup(form, value),
  /** What is typed beside it and written with it. */
  others: readonly GroupForm[] = [],
): NewRecord => {
  const dispatch = useAppDispatch();
  const birthDate = useAppSelector((state) => birthDateOfOpen(state, form.target.caseId));
  const [write, { isLoading, error }] = useWriteRecordsMutation();
  const make = async (): Promise<void> => {
    if (isLoading) return;
    const { caseId, kind, group } = form.target;
    const value = normalised(form.value);
    const fields = { ...valueProblems(kind, group, value), ...beforeBirth(kind, value, birthDate) };
    if (Object.keys(fields).length > 0) {
      form.set({});
      dispatch(failed({ key: editKey(form.target), problem: null, fields }));
      return;
    }
    // Nothing is kept as a draft while it is being written: it would stand there as unfinished afterwards.
    const keys = [form, ...others].map(({ target }) => editKey(target));
    for (const key of keys) dispatch(writing(key));
    const done = await write({ caseId, edits: [...editsOf(value)] });
    if (done.error !== undefined) {
      for (const key of keys) {
        dispatch(failed({ key, problem: problemOf(done.error), fields: {} }));
        await dispatch(keepDraft(key));
      }
      return;
    }
    for (const each of [form, ...others]) each.discard();
    onMade();
  };
  return { make, isMaking: isLoading, problem: error === undefined ? null : problemOf(error) };
};
