import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { languageOf } from '#renderer/components/format.ts';
import { useIsHalf } from '#renderer/components/half.tsx';
import type { ProfessionMarkId } from '#renderer/components/profession-glyphs.tsx';
import { GutterHead, slotsOf } from '#renderer/components/strand-gutter.tsx';
import type { TreeColumn } from '#renderer/components/tree-grid.tsx';
import { VisuallyHidden } from '#renderer/components/visually-hidden.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { strandsOf, type PlanNode } from '../plan-model/index.ts';

export type PlanColumns = {
  /** One place in the gutter for each profession that has a part in the plan. */
  readonly slots: readonly ProfessionMarkId[];
  readonly columns: readonly TreeColumn[];
};

/** The columns of the plan's tree; the gutter is as wide as the professions need. */
export const usePlanColumns = (nodes: readonly PlanNode[], directory: Directory): PlanColumns => {
  const { t, i18n } = useTranslation('plan');
  const language = languageOf(i18n.language);
  const slots = useMemo(
    () =>
      slotsOf(
        nodes.flatMap((node) =>
          strandsOf(node, directory.professionOf).map((strand) => strand.profession),
        ),
      ),
    [nodes, directory],
  );
  const isHalf = useIsHalf();
  const columns = useMemo<readonly TreeColumn[]>(
    () => [
      {
        id: 'strands',
        header:
          slots.length > 0 ? (
            <GutterHead slots={slots} />
          ) : (
            <VisuallyHidden>{t('column.strands')}</VisuallyHidden>
          ),
        width: `${Math.max(12, slots.length * 14 + 6)}px`,
      },
      { id: 'title', header: t('column.title'), width: 'minmax(180px, 1fr)' },
      { id: 'who', header: t('column.who'), width: '138px' },
      {
        id: 'deputy',
        header: t('column.deputy'),
        width: language === 'sv' ? '108px' : '96px',
        ...(isHalf ? { isExtra: true } : {}),
      },
      {
        id: 'status',
        header: t('column.status'),
        width: language === 'sv' ? '122px' : '98px',
        isExtra: true,
      },
      { id: 'next', header: t('column.next'), width: '70px', align: 'end' },
    ],
    [slots, t, language, isHalf],
  );
  return { slots, columns };
};
