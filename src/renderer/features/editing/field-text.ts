import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { findCode } from '#shared/domain/codes.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { formatDate, languageOf, type Language } from '#renderer/components/format.ts';
import type { Directory } from '#renderer/store/people.ts';
import { recordKinds } from '#shared/domain/records/kinds.ts';
import { valueOf } from '#renderer/store/reading.ts';
import { notesOf, titleOf, wholePlanTree } from '../plan-model/index.ts';
import type { FieldSpec } from './field-spec.ts';
import { noteName } from './note-name.ts';
import { tongueName } from './tongue-name.ts';

const onTheWall = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)$/u;

/** `24.11.2026 klo 14.52` for when something happened, by the clock on the wall; any other text as it is. */
const wallTime = (text: string, language: Language): string => {
  const [, day, hour, minute] = onTheWall.exec(text) ?? [];
  if (day === undefined || hour === undefined || minute === undefined) return text;
  if (language === 'en') return `${formatDate(day)} ${hour}:${minute}`;
  return `${formatDate(day)} ${language === 'fi' ? 'klo' : 'kl.'} ${Number(hour)}.${minute}`;
};

/** What a field says, in words: names for ids, words for codes, days the Finnish way. */
export const useFieldText = (
  /** Null where no client is open: rows of the plan then have no names. */
  view: ClientView | null,
  directory: Directory,
): ((spec: FieldSpec, value: JsonObject) => string) => {
  const { t, i18n } = useTranslation('records');
  const language = languageOf(i18n.language);
  /** One of the several that a field names. */
  const nameOf = (spec: FieldSpec, id: string): string => {
    switch (spec.type) {
      case 'codes':
        return findCode(spec.list, id)?.[language] ?? id;
      case 'units':
        return directory.units.get(id)?.name ?? t('someUnit');
      case 'people':
        return directory.nameOf(id) ?? t('someone');
      case 'guardians':
        return (
          valueOf(
            view?.records.find((record) => record.id === id),
            'representative',
            'details',
          )?.name ?? t('someRecord')
        );
      default:
        return id;
    }
  };
  const rowName = (id: unknown): string => {
    const node =
      view === null || typeof id !== 'string' ? undefined : wholePlanTree(view).byId.get(id);
    return node ? `${node.number} ${titleOf(node, language)}`.trim() : t('someRecord');
  };
  /** A line for each row of the plan that a visit tells of. */
  const visitLines = (of: 'visit-tasks' | 'visit-goals', content: unknown): string => {
    const { schema } = recordKinds.visit.groups.report;
    if (of === 'visit-goals') {
      const goals = schema.shape.goals.safeParse(content);
      return (goals.data ?? [])
        .map(({ goalId, trend }) => `${rowName(goalId)}: ${t(`visitTrend.${trend}`)}`)
        .join('\n');
    }
    const tasks = schema.shape.tasks.safeParse(content);
    return (tasks.data ?? [])
      .map(({ actionId, result, reason }) =>
        [`${rowName(actionId)}: ${t(`taskResult.${result}`)}`, reason]
          .filter((word) => word !== '')
          .join(', '),
      )
      .join('\n');
  };
  return (spec, value) => {
    const content = value[spec.name];
    if (spec.type === 'flag') return content === true ? t('flag.yes') : t('flag.no');
    if (spec.type === 'visit-tasks' || spec.type === 'visit-goals') {
      return visitLines(spec.type, content);
    }
    if (spec.type === 'number') return typeof content === 'number' ? String(content) : '';
    if (Array.isArray(content)) {
      return content.flatMap((id) => (typeof id === 'string' ? [nameOf(spec, id)] : [])).join(', ');
    }
    if (typeof content !== 'string' || content === '') return '';
    switch (spec.type) {
      case 'line':
        return wallTime(content, language);
      case 'title':
      case 'prose':
        return content;
      case 'tongue':
        return tongueName(content, t, language);
      case 'date':
        return formatDate(content);
      case 'choice':
        return spec.ids.includes(content) ? t(`${spec.words}.${content}`) : content;
      case 'code':
        return findCode(spec.list, content)?.[language] ?? content;
      case 'person':
        return directory.nameOf(content) ?? t('someone');
      case 'unit':
        return directory.units.get(content)?.name ?? t('someUnit');
      case 'record':
        return rowName(content);
      case 'document': {
        const note =
          view === null ? undefined : notesOf(view).find((each) => each.record.id === content);
        return note ? noteName(note, t) : t('someRecord');
      }
      case 'codes':
      case 'units':
      case 'people':
      case 'guardians':
        return content;
      default:
        return assertNever(spec);
    }
  };
};
