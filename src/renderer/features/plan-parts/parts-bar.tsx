import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import type { RowKind } from '#shared/domain/plan-elements.ts';
import { Button } from '#renderer/components/button.tsx';
import { Menu } from '#renderer/components/menu.tsx';
import { SegmentedControl } from '#renderer/components/segmented-control.tsx';
import { PlanViews } from '../plan/index.ts';
import type { PartFilter } from './part-rows.ts';

export type PartsBarProps = {
  readonly view: ClientView;
  readonly filter: PartFilter;
  readonly onFilter: (filter: PartFilter) => void;
  readonly counts: { readonly missing: number; readonly conflicts: number };
  /** The plan's track in words; empty for a plan without one. */
  readonly track: string;
  /** Asks a colleague about the selected part. */
  readonly onAsk?: () => void;
  /** What one may add here. */
  readonly kinds: readonly RowKind[];
  readonly onAdd: (kind: RowKind) => void;
};

/** Above the parts: which view, which parts, by whose measure, and what to add. */
export const PartsBar = ({
  view,
  filter,
  onFilter,
  counts,
  track,
  onAsk,
  kinds,
  onAdd,
}: PartsBarProps) => {
  const { t } = useTranslation(['plan', 'records', 'requests']);
  return (
    <div className="plan-bar row row-wrap">
      <PlanViews view={view} current="parts" />
      <SegmentedControl
        label={t('plan:filter.label')}
        value={filter}
        onChange={onFilter}
        segments={[
          { id: 'all', label: t('plan:filter.all') },
          { id: 'missing', label: t('plan:parts.missing'), icon: 'gap', count: counts.missing },
          {
            id: 'conflicts',
            label: t('plan:filter.conflicts'),
            icon: 'fork',
            count: counts.conflicts,
          },
        ]}
      />
      {track !== '' && <span className="muted text-s">{t('plan:parts.byTrack', { track })}</span>}
      <span className="row end">
        {onAsk && (
          <Button icon="conversation" onPress={onAsk}>
            {t('requests:ask.open')}
          </Button>
        )}
        <Menu<RowKind>
          label={t('plan:parts.addLabel')}
          trigger={
            <Button variant="main" icon="plus">
              {t('plan:parts.addLabel')}
            </Button>
          }
          entries={kinds.map((id) => ({ id, label: t(`records:kind.${id}`) }))}
          onAction={onAdd}
        />
      </span>
    </div>
  );
};
