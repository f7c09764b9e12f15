import { useTranslation } from 'react-i18next';
import { Tag } from '#renderer/components/tag.tsx';
import { conflictsOf } from '#renderer/store/reading.ts';
import type { PlanNode } from '../plan-model/index.ts';

/** Something has been written twice: said as it is, and settled after the meeting. */
export const TwoVersions = ({ node }: { readonly node: PlanNode }) => {
  const { t } = useTranslation('meeting');
  return conflictsOf(node.record).length === 0 ? undefined : (
    <Tag tone="fork" icon="fork">
      {t('twoVersions')}
    </Tag>
  );
};
