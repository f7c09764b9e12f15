import { useMemo } from 'react';
import { GroupFields, useGroupForm, useNewRecord } from '../editing/index.ts';
import { NewRowDialog } from './new-row-dialog.tsx';
import { editsOf, useRowTarget, type NewRowProps } from './row-target.ts';

/**
 * A new diagnosis or medicine with its follow-up, in a service of the patient register. What is typed is a draft
 * from the first letter; closing keeps it.
 */
export const NewFollowedRow = ({
  row,
  compartments,
  view,
  surroundings,
  onClose,
  onMade,
}: NewRowProps) => {
  const { begun, target, place } = useRowTarget(view, row, compartments);
  const followTarget = useMemo(() => ({ ...target, group: 'follow-up' }), [target]);
  const form = useGroupForm(target, begun, { writesItself: false });
  const follow = useGroupForm(followTarget, begun, { writesItself: false });
  const { make, isMaking, problem } = useNewRecord(
    form,
    () => onMade(row.recordId),
    (value) => [...editsOf({ ...form, value }), ...editsOf(follow)],
    [follow],
  );
  return (
    <NewRowDialog
      kind={row.kind}
      place={place}
      isKept={(form.keptAt ?? follow.keptAt) !== null}
      isMaking={isMaking}
      problem={problem}
      onDiscard={() => {
        form.discard();
        follow.discard();
        onClose();
      }}
      onClose={onClose}
      onMake={() => void make()}
    >
      <GroupFields form={form} surroundings={surroundings} autoFocus />
      <GroupFields form={follow} surroundings={surroundings} />
    </NewRowDialog>
  );
};
