import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { Button } from '#renderer/components/button.tsx';
import { Checkbox } from '#renderer/components/checkbox.tsx';
import { SegmentedControl } from '#renderer/components/segmented-control.tsx';
import type { PlanKind } from '../plan-model/index.ts';
import type { PlanFilter } from './plan-rows.ts';
import { PlanViews } from './plan-views.tsx';

export type PlanBarProps = {
  readonly view: ClientView;
  readonly filter: PlanFilter;
  readonly onFilter: (filter: PlanFilter) => void;
  readonly counts: { readonly changed: number; readonly gaps: number; readonly conflicts: number };
  /** What clears the marks of change, while there are any. */
  readonly seen?: ReactNode;
  readonly showRemoved: boolean;
  readonly onShowRemoved: (shows: boolean) => void;
  /** Asks a colleague about the selected row, or about the plan. */
  readonly onAsk?: () => void;
  /** What can be added under or after the selected row; null for nothing. */
  readonly below: PlanKind | null;
  readonly onAdd: (kind: PlanKind) => void;
};

/** Above the tree: which view, which rows to see, and what to add. */
export const PlanBar = ({
  view,
  filter,
  onFilter,
  counts,
  seen,
  showRemoved,
  onShowRemoved,
  onAsk,
  below,
  onAdd,
}: PlanBarProps) => {
  const { t } = useTranslation(['plan', 'requests']);
  return (
    <div className="plan-bar row row-wrap">
      <PlanViews view={view} current="goals" />
      <SegmentedControl
        label={t('filter.label')}
        value={filter}
        onChange={onFilter}
        segments={[
          { id: 'all', label: t('filter.all') },
          { id: 'mine', label: t('filter.mine') },
          {
            id: 'changed',
            label: t('filter.changed'),
            dot: counts.changed > 0,
            count: counts.changed,
          },
          { id: 'gaps', label: t('filter.gaps'), icon: 'gap', count: counts.gaps },
          { id: 'conflicts', label: t('filter.conflicts'), icon: 'fork', count: counts.conflicts },
        ]}
      />
      {seen}
      <Checkbox isSelected={showRemoved} onChange={onShowRemoved}>
        {t('filter.removed')}
      </Checkbox>
      <span className="row end">
        {onAsk && (
          <Button icon="conversation" onPress={onAsk}>
            {t('requests:ask.open')}
          </Button>
        )}
        {below !== null && (
          <Button icon="plus" onPress={() => onAdd(below)}>
            {below === 'goal' ? t('add.goal') : t('add.action')}
          </Button>
        )}
        <Button variant="main" icon="plus" onPress={() => onAdd('need')}>
          {t('add.need')}
        </Button>
      </span>
    </div>
  );
};
