import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { findCode } from '#shared/domain/codes.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { formatDate, languageOf } from '#renderer/components/format.ts';
import type { Directory } from '#renderer/store/people.ts';
import { tongueName, type FieldSpec } from '../editing/index.ts';
import { planTree, titleOf } from '../plan-model/index.ts';

/** What a field says, in words: names for ids, words for codes, days the Finnish way. */
export const useFieldText = (
  /** Null where no client is open: rows of the plan then have no names. */
  view: ClientView | null,
  directory: Directory,
): ((spec: FieldSpec, value: JsonObject) => string) => {
  const { t, i18n } = useTranslation('records');
  const language = languageOf(i18n.language);
  return (spec, value) => {
    const content = value[spec.name];
    if (spec.type === 'flag') return content === true ? t('flag.yes') : t('flag.no');
    if (typeof content !== 'string' || content === '') return '';
    switch (spec.type) {
      case 'line':
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
      case 'record': {
        const node = view === null ? undefined : planTree(view).byId.get(content);
        return node ? `${node.number} ${titleOf(node, language)}`.trim() : t('someRecord');
      }
      default:
        return assertNever(spec);
    }
  };
};
