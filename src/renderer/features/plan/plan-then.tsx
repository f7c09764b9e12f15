import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { useRegionRole } from '#renderer/components/region-role.tsx';
import { TreeGrid } from '#renderer/components/tree-grid.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { versionsOf } from '#renderer/store/reading.ts';
import { useToday } from '#renderer/store/use-now.ts';
import {
  allNodes,
  planTree,
  ratingsByGoal,
  titleOf,
  type Contradiction,
  type Overlap,
} from '../plan-model/index.ts';
import { PartsThen } from './parts-then.tsx';
import { planRows } from './plan-rows.ts';
import { RecordThen } from './record-then.tsx';
import { rowCells } from './row-cells.tsx';
import { useClosedRows } from './use-closed-rows.ts';
import { usePlanColumns } from './use-plan-columns.tsx';
import './plan.css';

export type PlanThenProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  /** What stands where the plan has no rows. */
  readonly emptyWords: string;
  readonly showsRemoved: boolean;
  /** The row that is asked for; the first one without. */
  readonly recordId?: Id | null;
};

/** What was planned twice then, or against itself, is told of today's plan. */
const noOverlaps: ReadonlyMap<string, readonly Overlap[]> = new Map();
const noContradictions: ReadonlyMap<string, readonly Contradiction[]> = new Map();

const nothingMissing = (): undefined => undefined;

/** A plan to be read and not written: the tree, beside it what the selected row said, and its other parts. */
export const PlanThen = ({
  view,
  directory,
  emptyWords,
  showsRemoved,
  recordId = null,
}: PlanThenProps) => {
  const { t, i18n } = useTranslation(['plan', 'records']);
  const language = languageOf(i18n.language);
  const today = useToday();
  const role = useRegionRole();
  const tree = useMemo(() => planTree(view, { showRemoved: showsRemoved }), [view, showsRemoved]);
  const nodes = useMemo(() => allNodes(tree), [tree]);
  const { closed, toggle } = useClosedRows();
  const [selectedId, setSelectedId] = useState<Id | null>(
    recordId !== null && tree.byId.has(recordId) ? recordId : (nodes[0]?.id ?? null),
  );
  const rows = useMemo(
    () => planRows(tree, { filter: 'all', ownId: null, closed, gaps: [] }),
    [tree, closed],
  );
  const ratings = useMemo(() => ratingsByGoal(view), [view]);
  const { slots, columns } = usePlanColumns(nodes, directory);
  const node = selectedId === null ? undefined : tree.byId.get(selectedId);
  const record = node?.record ?? tree.plan;
  const around = {
    t,
    language,
    today,
    directory,
    slots,
    requestsAt: () => [],
    ratings,
    overlaps: noOverlaps,
    contradictions: noContradictions,
    commonOf: () => [],
    gapOf: nothingMissing,
  };
  return (
    <>
      <div className={record ? 'plan plan-then' : 'plan plan-then plan-alone'}>
        <section role={role} className="card plan-tree" aria-label={t('tree')}>
          <TreeGrid
            label={t('tree')}
            columns={columns}
            rows={rows}
            cells={(row) => rowCells(row.node, around)}
            marks={(row) => ({ forked: versionsOf(row.node.record) > 0 })}
            selectedId={selectedId}
            onSelect={setSelectedId}
            onToggle={toggle}
            nameOf={(row) => `${row.node.number} ${titleOf(row.node, language)}`.trim()}
            empty={<EmptyState>{emptyWords}</EmptyState>}
          />
        </section>
        {record && (
          <RecordThen
            key={record.id}
            view={view}
            record={record}
            node={node}
            directory={directory}
            {...(tree.plan && node ? { onPlanTexts: () => setSelectedId(null) } : {})}
          />
        )}
      </div>
      <PartsThen view={view} tree={tree} directory={directory} />
    </>
  );
};
