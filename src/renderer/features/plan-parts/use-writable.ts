import { useMemo } from 'react';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { jointPlan, registerOf, type Compartment, type Register } from '#shared/domain/codes.ts';
import type { RowKind } from '#shared/domain/plan-elements.ts';
import { registerOfKind } from '#shared/domain/records/compartment-of-kind.ts';
import { useOwnPerson, writableParts } from '#renderer/store/own-part.ts';
import { useToday } from '#renderer/store/use-now.ts';

export type Writable = {
  /** Registers besides the joint plan in which one may begin something. */
  readonly registers: readonly Register[];
  /** Where a row of that kind may be written, one's own services first; the joint plan for most. */
  readonly placesFor: (kind: RowKind) => readonly Compartment[];
  readonly mayAdd: (kind: RowKind) => boolean;
  readonly mayWrite: (record: Pick<RecordView, 'compartment'>) => boolean;
};

/** Where whoever is at this window may write what lies outside the joint plan. */
export const useWritable = (view: ClientView): Writable => {
  const person = useOwnPerson();
  const today = useToday();
  return useMemo(() => {
    const services = {
      joint: [jointPlan],
      patient: writableParts(view, person, 'patient', today),
      social: writableParts(view, person, 'social', today),
    };
    const placesFor = (kind: RowKind) => services[registerOfKind(kind) ?? 'joint'];
    return {
      registers: (['patient', 'social'] as const).filter((each) => services[each].length > 0),
      placesFor,
      mayAdd: (kind) => placesFor(kind).length > 0,
      mayWrite: ({ compartment }) => {
        const register = registerOf(compartment);
        return register === 'joint' || services[register].includes(compartment);
      },
    };
  }, [view, person, today]);
};
