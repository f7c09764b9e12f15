import { useTranslation } from 'react-i18next';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import type { Directory } from '#renderer/store/people.ts';
import { elementName, type PlanTree } from '../plan-model/index.ts';
import type { PartRow } from './part-rows.ts';
import { useElsewhere, type ElsewhereLine } from './use-elsewhere.ts';
import { usePartText } from './use-part-text.ts';

export type PartWords = {
  readonly nameOf: (row: PartRow) => string;
  /** What a row says, in one line. */
  readonly textOf: (row: PartRow) => string;
  /** What is told by other rows of the plan. */
  readonly linesOf: (row: PartRow) => readonly ElsewhereLine[];
};

/** What each row of the plan's parts is called and says. */
export const usePartWords = (
  view: ClientView,
  tree: PlanTree,
  plan: RecordView,
  directory: Directory,
): PartWords => {
  const { t } = useTranslation(['plan', 'records']);
  const text = usePartText(view, directory);
  const elsewhere = useElsewhere(view, tree, directory);
  const linesOf = (row: PartRow): readonly ElsewhereLine[] =>
    row.of === 'element' && row.state.element.shape === 'elsewhere'
      ? elsewhere(row.state.element.id)
      : [];
  return {
    linesOf,
    nameOf: (row) => {
      if (row.of === 'section') return t(`plan:parts.section.${row.section}`);
      if (row.of === 'record') {
        const { name } = text.ofRow(row.record);
        return name === '' ? t(`records:kind.${row.record.kind}`) : name;
      }
      return elementName(row.state.element.id, t);
    },
    textOf: (row) => {
      if (row.of === 'section') return '';
      if (row.of === 'record') return text.ofRow(row.record).text;
      const { element, isWritten } = row.state;
      if (element.shape === 'group') return isWritten ? text.ofGroup(plan, element.group) : '';
      return linesOf(row)
        .map(({ label }) => label)
        .join(', ');
    },
  };
};
