import { useTranslation } from 'react-i18next';
import { Tag } from '#renderer/components/tag.tsx';
import type { CommonRow } from './family.ts';

/** On a row of the plan: that siblings have the same, and whose differs. */
export const CommonSign = ({ common }: { readonly common: readonly CommonRow[] }) => {
  const { t } = useTranslation('family');
  if (common.length === 0) return undefined;
  const differing = common.filter(({ differences }) => differences.length > 0);
  return differing.length > 0 ? (
    <Tag tone="warn" icon="people">
      {t('sign.differs', { names: differing.map(({ sibling }) => sibling.name).join(', ') })}
    </Tag>
  ) : (
    <Tag tone="line" icon="people">
      {t('sign.common')}
    </Tag>
  );
};
