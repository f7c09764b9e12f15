import { useMemo } from 'react';
import { useOwnPerson } from '#renderer/store/own-part.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { emptyValue, GroupFields, useGroupForm, useNewRecord } from '../editing/index.ts';
import { NewRowDialog } from './new-row-dialog.tsx';
import { editsOf, useRowTarget, type NewRowProps } from './row-target.ts';

/** A new risk with what to do and when it is checked. Whoever writes it noticed it today, unless they say otherwise. */
export const NewRiskRow = ({
  row,
  compartments,
  view,
  surroundings,
  onClose,
  onMade,
}: NewRowProps) => {
  const { begun, target, place } = useRowTarget(view, row, compartments);
  const today = useToday();
  const ownId = useOwnPerson()?.id ?? null;
  const { kind, group } = row;
  const startValue = useMemo(
    () => ({ ...emptyValue(kind, group), personId: ownId, notedOn: today }),
    [kind, group, ownId, today],
  );
  const guidanceTarget = useMemo(() => ({ ...target, group: 'guidance' }), [target]);
  const checkTarget = useMemo(() => ({ ...target, group: 'check' }), [target]);
  const form = useGroupForm(target, begun, { startValue, writesItself: false });
  const guidance = useGroupForm(guidanceTarget, begun, { writesItself: false });
  const check = useGroupForm(checkTarget, begun, { writesItself: false });
  const forms = [form, guidance, check];
  const { make, isMaking, problem } = useNewRecord(
    form,
    () => onMade(row.recordId),
    (value) => [...editsOf({ ...form, value }), ...editsOf(guidance), ...editsOf(check)],
    [guidance, check],
  );
  return (
    <NewRowDialog
      kind={kind}
      place={place}
      isKept={forms.some(({ keptAt }) => keptAt !== null)}
      isMaking={isMaking}
      problem={problem}
      onDiscard={() => {
        for (const each of forms) each.discard();
        onClose();
      }}
      onClose={onClose}
      onMake={() => void make()}
    >
      {forms.map((each) => (
        <GroupFields
          key={each.target.group}
          form={each}
          surroundings={surroundings}
          autoFocus={each === form}
        />
      ))}
    </NewRowDialog>
  );
};
