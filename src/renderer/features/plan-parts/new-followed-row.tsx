import { useMemo, useState } from 'react';
import type { Edit } from '#shared/contract/calls.ts';
import type { ClientView } from '#shared/contract/views.ts';
import type { Compartment } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { normalised } from '#renderer/store/editing/value-problems.ts';
import { recordById } from '#renderer/store/reading.ts';
import {
  emptyValue,
  GroupFields,
  useGroupForm,
  useNewRecord,
  type FieldSurroundings,
  type GroupForm,
} from '../editing/index.ts';
import type { NewPart } from './new-part-row.tsx';
import { NewRowDialog } from './new-row-dialog.tsx';

export type NewFollowedRowProps = {
  readonly row: NewPart;
  /** Where it may be written; at least one. */
  readonly compartments: readonly Compartment[];
  readonly view: ClientView;
  readonly surroundings: FieldSurroundings;
  readonly onClose: () => void;
  readonly onMade: (recordId: Id) => void;
};

/** Edits that write a form's group, if it says anything. */
export const editsOf = ({ target, value }: GroupForm): readonly Edit[] => {
  const { recordId, kind, compartment, group } = target;
  if (JSON.stringify(value) === JSON.stringify(emptyValue(kind, group))) return [];
  return [
    { recordId, kind, compartment, group, value: { ...normalised(value) }, basedOn: [] } as Edit,
  ];
};

/** A row's groups as forms of one new record, and the service in which it will lie. */
export const useRowTarget = (
  view: ClientView,
  { recordId, kind, group }: NewPart,
  compartments: readonly Compartment[],
) => {
  const begun = recordById(view, recordId);
  const [chosen, setChosen] = useState(begun?.compartment ?? compartments[0] ?? '');
  const target = useMemo(
    () => ({ caseId: view.caseId, compartment: chosen, recordId, kind, group }),
    [view.caseId, chosen, recordId, kind, group],
  );
  return { begun, target, place: { compartments, chosen, onChoose: setChosen } };
};

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
}: NewFollowedRowProps) => {
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
