import { useTranslation } from 'react-i18next';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import type { Directory } from '#renderer/store/people.ts';
import { shownValue } from '#renderer/store/reading.ts';
import { fieldsOf, useFieldText } from '../editing/index.ts';

/** A field of a group that says something, in the paper's language. */
export type Said = {
  readonly field: string;
  readonly label: string;
  readonly text: string;
  readonly isClients: boolean;
};

/** What a group of a record says, field by field; nothing of what is empty, nor of a box that is not ticked. */
export const useSaid = (
  view: ClientView,
  directory: Directory,
): ((record: RecordView, group: string) => readonly Said[]) => {
  const { t } = useTranslation('records');
  const textOf = useFieldText(view, directory);
  return (record, group) => {
    const groupView = record.groups[group];
    if (groupView === undefined) return [];
    const value = shownValue(groupView) as JsonObject;
    return fieldsOf(record.kind, group)
      .filter((spec) => spec.type !== 'flag' || value[spec.name] === true)
      .map((spec) => ({
        field: spec.name,
        label: t(`field.${spec.label}`),
        text: textOf(spec, value),
        isClients: spec.type === 'prose' && spec.voice === 'client',
      }))
      .filter(({ text }) => text !== '');
  };
};

/** One of the fields, or an empty text. */
export const saidIn = (said: readonly Said[], field: string): string =>
  said.find((each) => each.field === field)?.text ?? '';
