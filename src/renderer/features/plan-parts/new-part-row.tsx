import { useMemo } from 'react';
import type { ClientView } from '#shared/contract/views.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { useToday } from '#renderer/store/use-now.ts';
import {
  emptyValue,
  GroupFields,
  useGroupForm,
  useNewRecord,
  type FieldSurroundings,
} from '../editing/index.ts';
import { NewRowDialog } from './new-row-dialog.tsx';
import { useRowTarget, type NewPart } from './row-target.ts';

export type NewPartRowProps = {
  readonly row: NewPart;
  readonly view: ClientView;
  readonly surroundings: FieldSurroundings;
  /** What is known before anything is typed. */
  readonly start?: JsonObject;
  readonly onClose: () => void;
  readonly onMade: (recordId: Id) => void;
};

const nothingKnown: JsonObject = {};
const inJointPlan = [jointPlan] as const;

/** What is said and held is most often of today; what was tried is not. */
const startOf = ({ kind, group }: NewPart, today: string, start: JsonObject) => ({
  ...emptyValue(kind, group),
  ...(kind === 'contingency' ? {} : { date: today }),
  ...start,
});

/** A new dissenting view, meeting or contingency. What is typed is a draft from the first letter; closing keeps it. */
export const NewPartRow = ({
  row,
  view,
  surroundings,
  start = nothingKnown,
  onClose,
  onMade,
}: NewPartRowProps) => {
  const { begun, target, place } = useRowTarget(view, row, inJointPlan);
  const today = useToday();
  const startValue = useMemo(() => startOf(row, today, start), [row, today, start]);
  const form = useGroupForm(target, begun, { startValue, writesItself: false });
  const { make, isMaking, problem } = useNewRecord(form, () => onMade(row.recordId));
  return (
    <NewRowDialog
      kind={row.kind}
      place={place}
      isKept={form.keptAt !== null}
      isMaking={isMaking}
      problem={problem}
      onDiscard={() => {
        form.discard();
        onClose();
      }}
      onClose={onClose}
      onMake={() => void make()}
    >
      <GroupFields form={form} surroundings={surroundings} autoFocus />
    </NewRowDialog>
  );
};
