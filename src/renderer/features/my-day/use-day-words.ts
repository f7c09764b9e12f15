import { useTranslation } from 'react-i18next';
import type { WorkItem } from '#shared/contract/work-calls.ts';
import { languageOf } from '#renderer/components/format.ts';
import { professionWord } from '#renderer/components/professions.ts';
import type { Directory } from '#renderer/store/people.ts';

export type DayWords = {
  readonly client: (item: Pick<WorkItem, 'client'>) => string;
  /** What is to be done, in one line. */
  readonly what: (item: WorkItem) => string;
  /** `Tavoite Käy saunassa` */
  readonly place: (item: WorkItem) => string;
  /** The verb of the line's link. */
  readonly verb: (item: WorkItem) => string;
  readonly people: (item: WorkItem) => readonly string[];
  /** Everything by which a line may be looked for. */
  readonly all: (item: WorkItem) => readonly string[];
};

/** What the lines of the day are called. */
export const useDayWords = (directory: Directory): DayWords => {
  const { t, i18n } = useTranslation(['day', 'records', 'requests']);
  const client: DayWords['client'] = ({ client: who }) =>
    who === null ? '' : `${who.familyName} ${who.givenNames}`.trim();
  const place: DayWords['place'] = ({ place: row }) => {
    if (row === null) return '';
    if (row.kind === 'plan') return t('requests:ask.plan');
    return `${t([`records:kind.${row.kind}`, 'records:kind.unknown'])} ${row.title}`.trim();
  };
  const group = ({ kind, group: name }: WorkItem): string =>
    name === 'existence'
      ? t('day:what.existence')
      : t([`records:group.${kind}.${name ?? ''}`, 'records:group.unknown']);
  const what: DayWords['what'] = (item) => {
    switch (item.sort) {
      case 'review':
        return t('day:what.review');
      case 'conflict':
        return `${place(item)}: ${group(item)}`;
      case 'refused':
        return `${t('day:what.refused')}: ${group(item)}`;
      case 'returned':
        return item.text === ''
          ? t('day:what.returned')
          : `${t('day:what.returned')}: ${item.text}`;
      case 'set-aside':
        return t('day:what.set-aside', { count: item.count });
      case 'request':
        return `${t(`requests:kind.${item.kind}`)}: ${item.text}`;
      case 'own-request':
        return `${t('day:what.own-request')}: ${item.text}`;
      case 'answer':
        return `${t('day:what.answer')}: ${item.text}`;
      case 'hand-over':
        return `${t('records:noteKind.hand-over')}: ${item.text}`;
      default:
        return t('day:what.changed', { count: item.count });
    }
  };
  const people: DayWords['people'] = (item) =>
    item.people.map(({ personId, profession }) =>
      personId === null
        ? professionWord(profession, languageOf(i18n.language))
        : (directory.nameOf(personId) ?? t('records:someone')),
    );
  return {
    client,
    what,
    place,
    verb: ({ sort }) => t(`day:verb.${sort}`),
    people,
    all: (item) => [client(item), what(item), place(item), ...people(item)],
  };
};
