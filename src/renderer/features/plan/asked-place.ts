import type { TFunction } from 'i18next';
import type { RecordView } from '#shared/contract/views.ts';
import type { Language } from '#renderer/components/format.ts';
import { titleOf, type PlanNode } from '../plan-model/index.ts';
import type { AskedPlace } from '../requests/index.ts';
import { panelGroups } from './panel-groups.ts';

/** What a request would be about: the selected row, else the plan as a whole; null where there is neither. */
export const askedPlace = (
  node: PlanNode | undefined,
  plan: RecordView | undefined,
  t: TFunction,
  language: Language,
): AskedPlace | null => {
  if (node) {
    return node.state === 'removed' || node.record.newer
      ? null
      : {
          recordId: node.id,
          kind: node.kind,
          compartment: node.record.compartment,
          name: `${t(`records:kind.${node.kind}`)} ${node.number}`.trim(),
          title: titleOf(node, language),
          groups: panelGroups[node.kind],
        };
  }
  return plan
    ? {
        recordId: plan.id,
        kind: 'plan',
        compartment: plan.compartment,
        name: t('requests:ask.plan'),
        title: '',
        groups: panelGroups.plan,
      }
    : null;
};
