import { registerOf, type Compartment } from '#shared/domain/codes.ts';
import { newId } from '#shared/domain/ids.ts';
import type { AccessDecision } from '#shared/domain/access/decide.ts';
import type { UseEntry } from '#shared/domain/use-log/entry.ts';
import type { Asker } from './online-handlers.ts';

/** What an entry tells of a use; who, when and at which device follow from the asker. */
export type AskedUse = Pick<UseEntry, 'action'> &
  Partial<
    Pick<UseEntry, 'caseId' | 'register' | 'compartments' | 'what' | 'role' | 'ground' | 'basisId'>
  >;

/** An entry of the log of use about something that the asker does at the region. */
export const entryOf = (asker: Asker, use: AskedUse): UseEntry => {
  const atMs = asker.now().getTime();
  const { person, session } = asker;
  return {
    id: newId(atMs, asker.random),
    atMs,
    personId: person.id,
    profession: person.profession,
    taskClass: person.taskClass,
    unitId: person.unitId,
    role: '',
    caseId: null,
    register: 'none',
    compartments: [],
    what: {},
    ground: '',
    basisId: null,
    ...use,
    deviceId: session.deviceId,
    offline: false,
  };
};

/** Role, ground and the record or opening behind a right, as the log tells them; nothing for a denial. */
export const rightOf = (
  decision: AccessDecision | undefined,
): Pick<UseEntry, 'role' | 'ground' | 'basisId'> =>
  decision?.allowed === true
    ? { role: decision.role, ground: decision.basis, basisId: decision.basisId }
    : { role: '', ground: '', basisId: null };

/** Parts of a client by register: each register has entries of its own (703/2023 10 §). */
export const byRegister = <T>(
  parts: readonly T[],
  compartmentOf: (part: T) => Compartment,
): ReadonlyMap<UseEntry['register'], readonly T[]> =>
  Map.groupBy(parts, (part) => registerOf(compartmentOf(part)));

/** The compartments of some parts, each once, in order. */
export const compartmentsOf = <T>(
  parts: readonly T[],
  compartmentOf: (part: T) => Compartment,
): Compartment[] => [...new Set(parts.map(compartmentOf))].toSorted();
