import { useMemo } from 'react';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { registerOf, type Compartment, type Register } from '#shared/domain/codes.ts';
import type { RowKind } from '#shared/domain/plan-elements.ts';
import { registerOfKind } from '#shared/domain/records/compartment-of-kind.ts';
import { useOwnPerson, writableParts } from '#renderer/store/own-part.ts';
import { useToday } from '#renderer/store/use-now.ts';

export type Writable = {
  /** Registers besides the joint plan in which one may begin something. */
  readonly registers: readonly Register[];
  /** The services of the patient register in which one may write, one's own first. */
  readonly patientServices: readonly Compartment[];
  readonly mayAdd: (kind: RowKind) => boolean;
  readonly mayWrite: (record: Pick<RecordView, 'compartment'>) => boolean;
};

/** Where whoever is at this window may write what lies outside the joint plan. */
export const useWritable = (view: ClientView): Writable => {
  const person = useOwnPerson();
  const today = useToday();
  return useMemo(() => {
    const patientServices = writableParts(view, person, 'patient', today);
    return {
      registers: patientServices.length > 0 ? (['patient'] as const) : [],
      patientServices,
      mayAdd: (kind) => registerOfKind(kind) !== 'patient' || patientServices.length > 0,
      mayWrite: ({ compartment }) =>
        registerOf(compartment) !== 'patient' || patientServices.includes(compartment),
    };
  }, [view, person, today]);
};
