import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { findCode, taskClasses } from '#shared/domain/codes.ts';
import { personSettles, settlersOf } from '#shared/domain/records/settling.ts';
import { languageOf } from '#renderer/components/format.ts';
import { useOwnPerson } from '#renderer/store/own-part.ts';
import type { Directory } from '#renderer/store/people.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { teamOf } from '../plan-model/index.ts';

/** Why whoever is at this window does not settle versions of a group, and who does; null for those who do. */
export const useWhoSettles = (
  view: ClientView,
  directory: Directory,
): ((kind: string, group: string) => string | null) => {
  const { t, i18n } = useTranslation('conflict');
  const language = languageOf(i18n.language);
  const person = useOwnPerson();
  const today = useToday();
  return (kind, group) => {
    const settlers = settlersOf(kind, group);
    if (settlers === null || person === null) return null;
    if (personSettles({ kind, group }, person, today)) return null;
    const tasks = settlers.map((id) => findCode(taskClasses, id)?.[language] ?? id).join(', ');
    const names = teamOf(view, today).flatMap(({ grant, when }) =>
      when === 'current' && settlers.includes(grant.taskClass)
        ? (directory.nameOf(grant.personId) ?? [])
        : [],
    );
    const why = t('notYours.why', { tasks: tasks.toLocaleLowerCase(language) });
    return names.length === 0
      ? `${why} ${t('notYours.nobody')}`
      : `${why} ${t('notYours.who', { names: [...new Set(names)].join(', ') })}`;
  };
};
