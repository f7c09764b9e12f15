import { useMemo } from 'react';
import { fullName, type Absence, type Person, type Unit } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
import { useReadDirectoryQuery } from './calls/clients-api.ts';

/** The region's people and units by id, as this device knows them. */
export type Directory = {
  readonly people: ReadonlyMap<Id, Person>;
  readonly units: ReadonlyMap<Id, Unit>;
  /** Who is or will be away, and who steps in. */
  readonly absences: readonly Absence[];
  /** A person's name, or null for somebody the device has not heard of. */
  readonly nameOf: (id: Id | null) => string | null;
  readonly professionOf: (id: Id | null) => string;
};

export const makeDirectory = (
  people: readonly Person[],
  units: readonly Unit[],
  absences: readonly Absence[] = [],
): Directory => {
  const byId = new Map(people.map((person) => [person.id, person]));
  return {
    people: byId,
    units: new Map(units.map((unit) => [unit.id, unit])),
    absences,
    nameOf: (id) => {
      const person = id === null ? undefined : byId.get(id);
      return person ? fullName(person) : null;
    },
    professionOf: (id) =>
      (id === null ? undefined : byId.get(id))?.profession ?? 'other-professional',
  };
};

const empty = makeDirectory([], []);

export const useDirectory = (): Directory => {
  const { data } = useReadDirectoryQuery();
  return useMemo(
    () => (data ? makeDirectory(data.people, data.units, data.absences) : empty),
    [data],
  );
};
