import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TreeColumn } from '#renderer/components/tree-grid.tsx';

/** The columns of the plan's parts. */
export const usePartColumns = (): readonly TreeColumn[] => {
  const { t } = useTranslation('plan');
  return useMemo(
    () => [
      { id: 'part', header: t('parts.column.part'), width: 'minmax(210px, 2fr)' },
      { id: 'text', header: t('parts.column.text'), width: 'minmax(160px, 3fr)' },
      { id: 'writer', header: t('parts.column.writer'), width: '138px', isExtra: true },
      { id: 'day', header: t('parts.column.day'), width: '56px', align: 'end' },
      { id: 'state', header: t('parts.column.state'), width: '128px' },
    ],
    [t],
  );
};
