import { fullName } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import type { Language } from '#renderer/components/format.ts';
import type { Option } from '#renderer/components/option-list.tsx';
import { professionWord } from '#renderer/components/professions.ts';
import type { Directory } from '#renderer/store/people.ts';
import type { TeamMember } from '../plan-model/index.ts';

/** The client's team of today but oneself, then its professions; another sector's people do not write here. */
export const askOptions = (
  team: readonly TeamMember[],
  directory: Directory,
  ownId: Id | null,
  language: Language,
  anybody: string,
): readonly Option[] => {
  const members = team.filter(
    ({ when, grant }) =>
      when === 'current' && grant.role !== 'external' && grant.personId !== ownId,
  );
  const people = [...new Set(members.map(({ grant }) => grant.personId))].flatMap((id) => {
    const person = directory.people.get(id);
    return person === undefined
      ? []
      : [
          {
            id: `person/${id}`,
            label: fullName(person),
            note: professionWord(person.profession, language),
            profession: person.profession,
          },
        ];
  });
  const professions = [...new Set(members.map(({ grant }) => grant.profession))].map(
    (profession) => ({
      id: `profession/${profession}`,
      label: professionWord(profession, language),
      note: anybody,
      profession,
    }),
  );
  return [...people, ...professions];
};

/** The option that a question's value stands for. */
export const askedOption = (value: JsonObject): string | null => {
  if (typeof value['personId'] === 'string') return `person/${value['personId']}`;
  return typeof value['profession'] === 'string' ? `profession/${value['profession']}` : null;
};

/** What a chosen option says in the question. */
export const askedBy = (option: string | null): JsonObject => {
  const [sort = '', id = ''] = option?.split('/', 2) ?? [];
  return {
    personId: sort === 'person' ? id : null,
    profession: sort === 'profession' ? id : null,
  };
};
