import { useMemo, useState } from 'react';
import type { Edit } from '#shared/contract/calls.ts';
import type { ClientView } from '#shared/contract/views.ts';
import type { Compartment } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { RowKind } from '#shared/domain/plan-elements.ts';
import { normalised } from '#renderer/store/editing/value-problems.ts';
import { recordById } from '#renderer/store/reading.ts';
import { emptyValue, type FieldSurroundings, type GroupForm } from '../editing/index.ts';

/** A row that is being made. */
export type NewPart = { readonly recordId: Id; readonly kind: RowKind; readonly group: string };

export type NewRowProps = {
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
