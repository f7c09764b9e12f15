import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { fullName, type Person } from '#shared/domain/directory.ts';
import { languageOf } from '#renderer/components/format.ts';
import type { Option } from '#renderer/components/option-list.tsx';
import { professionWord } from '#renderer/components/professions.ts';
import type { Directory } from '#renderer/store/people.ts';

export type FieldSurroundings = {
  readonly view: ClientView;
  readonly directory: Directory;
};

/** People to choose from: the client's team first, then the rest of the region. */
export const usePeopleOptions = ({ view, directory }: FieldSurroundings): readonly Option[] => {
  const { i18n } = useTranslation('records');
  const language = languageOf(i18n.language);
  return useMemo(() => {
    const team = new Set(
      view.records.flatMap((record) => {
        const grant = record.groups['grant'];
        return record.kind === 'membership' && grant && grant.state !== 'conflict'
          ? [grant.value['personId']]
          : [];
      }),
    );
    const byName = (a: Person, b: Person): number => fullName(a).localeCompare(fullName(b), 'fi');
    const people = [...directory.people.values()].toSorted(
      (a, b) => Number(team.has(b.id)) - Number(team.has(a.id)) || byName(a, b),
    );
    return people.map((person) => {
      const unit = person.unitId === null ? undefined : directory.units.get(person.unitId)?.name;
      return {
        id: person.id,
        label: fullName(person),
        // The unit tells two of the same name and profession apart.
        note: [professionWord(person.profession, language), unit]
          .filter((word) => word !== undefined)
          .join(', '),
        profession: person.profession,
      };
    });
  }, [view, directory, language]);
};
