import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { fullName } from '#shared/domain/directory.ts';
import { languageOf } from '#renderer/components/format.ts';
import type { Option } from '#renderer/components/option-list.tsx';
import { professionWord } from '#renderer/components/professions.ts';
import type { Directory } from '#renderer/store/people.ts';

/** People by name, with profession and unit to tell two of one name apart. */
export const usePeople = (directory: Directory): readonly Option[] => {
  const { i18n } = useTranslation();
  const language = languageOf(i18n.language);
  return useMemo(
    () =>
      [...directory.people.values()]
        .filter((person) => person.active && person.partnerSector === null)
        .map((person) => ({
          id: person.id,
          label: fullName(person),
          note: [
            professionWord(person.profession, language),
            person.unitId === null ? undefined : directory.units.get(person.unitId)?.name,
          ]
            .filter((word) => word !== undefined)
            .join(', '),
          profession: person.profession,
        }))
        .toSorted((a, b) => a.label.localeCompare(b.label, 'fi')),
    [directory, language],
  );
};
