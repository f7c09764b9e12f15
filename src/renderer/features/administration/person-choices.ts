import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { fullName } from '#shared/domain/directory.ts';
import { languageOf } from '#renderer/components/format.ts';
import type { Option } from '#renderer/components/option-list.tsx';
import { professionWord } from '#renderer/components/professions.ts';
import type { Directory } from '#renderer/store/people.ts';

export type PersonChoice = Option & { readonly active: boolean };

/**
 * Everybody the region knows, told apart by profession, unit and register number. Also those whose
 * rights have ended: their clients still wait for somebody to take over.
 */
export const usePersonChoices = (directory: Directory): readonly PersonChoice[] => {
  const { t, i18n } = useTranslation('administration');
  const language = languageOf(i18n.language);
  return useMemo(
    () =>
      [...directory.people.values()]
        .map((person) => ({
          id: person.id,
          label: fullName(person),
          note: [
            professionWord(person.profession, language),
            person.unitId === null ? undefined : directory.units.get(person.unitId)?.name,
            person.registerNumber ?? undefined,
            person.active ? undefined : t('relations.noRights'),
          ]
            .filter((word) => word !== undefined)
            .join(', '),
          profession: person.profession,
          active: person.active,
        }))
        .toSorted((a, b) => a.label.localeCompare(b.label, 'fi')),
    [directory, language, t],
  );
};
