import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { isRowKind, rowGroupsOf, type RowKind } from '#shared/domain/plan-elements.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import type { Directory } from '#renderer/store/people.ts';
import { shownValue } from '#renderer/store/reading.ts';
import { fieldsOf, useFieldText } from '../editing/index.ts';

/** The field that a row is called by; the others are its text. */
const nameField: Readonly<Record<RowKind, string>> = {
  risk: 'type',
  'health-risk': 'type',
  'social-risk': 'type',
  'dissenting-view': 'name',
  'plan-meeting': 'date',
  contingency: 'trigger',
  diagnosis: 'name',
  medication: 'name',
};

/** Told in a column of its own. */
const nextCheck = 'nextOn';

export type RowText = { readonly name: string; readonly text: string };

type FieldSaid = { readonly field: string; readonly text: string };

const inOneLine = (fields: readonly FieldSaid[]): string =>
  fields.map(({ text }) => text).join(' · ');

/** What the parts of the plan say, in words. */
export const usePartText = (
  view: ClientView,
  directory: Directory,
): {
  readonly ofGroup: (record: RecordView, group: string) => string;
  readonly ofRow: (record: RecordView) => RowText;
} => {
  const textOf = useFieldText(view, directory);
  const said = (record: RecordView, group: string): readonly FieldSaid[] => {
    const groupView = record.groups[group];
    const draft = record.drafts[group]?.value;
    const value = groupView === undefined ? draft : shownValue(groupView);
    if (value === undefined) return [];
    return fieldsOf(record.kind, group)
      .filter((spec) => spec.type !== 'flag')
      .map((spec) => ({ field: spec.name, text: textOf(spec, value as JsonObject) }))
      .filter(({ text }) => text !== '');
  };
  return {
    ofGroup: (record, group) => inOneLine(said(record, group)),
    ofRow: (record) => {
      const { kind } = record;
      if (!isRowKind(kind)) return { name: '', text: '' };
      const fields = rowGroupsOf(kind).flatMap((group) => said(record, group));
      const named = nameField[kind];
      return {
        name: fields.find(({ field }) => field === named)?.text ?? '',
        text: inOneLine(fields.filter(({ field }) => field !== named && field !== nextCheck)),
      };
    },
  };
};
