import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { useIsNarrow } from '#renderer/components/dialog.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { TreeGrid } from '#renderer/components/tree-grid.tsx';
import { moveByStep, type TreeMove } from '#renderer/components/tree-moves.ts';
import { useWriteRecordsMutation } from '#renderer/store/calls/records-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { versionsOf } from '#renderer/store/reading.ts';
import { clientHref, goTo } from '#renderer/store/route.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { NewerRecords, type FieldAsked } from '../editing/index.ts';
import { useFamily } from '../family/index.ts';
import {
  allNodes,
  contradictionsOf,
  elementStates,
  gapsOf,
  overlapsOf,
  partGaps,
  ratedGoal,
  ratingsByGoal,
  standingVisits,
  planTree,
  titleOf,
  type PlanKind,
} from '../plan-model/index.ts';
import { ReadersLine } from '../plan-readers/index.ts';
import { useProblemWords } from '../problems/index.ts';
import { isUnseen, SeenButton } from '../unseen/index.ts';
import { AskDialog, byPlace, requestsOf, shownPlace, type PlanRequest } from '../requests/index.ts';
import { askedPlace } from './asked-place.ts';
import { GapList } from './gap-list.tsx';
import { NewRowDialog } from './new-row-dialog.tsx';
import { newRowBelow, orderEdits, unfinishedRows, type NewRow } from './new-row.ts';
import { PlanBar } from './plan-bar.tsx';
import { planRows, type PlanFilter } from './plan-rows.ts';
import { RecordPanel } from './record-panel.tsx';
import { rowCells } from './row-cells.tsx';
import { touchedTasks } from './touched-tasks.ts';
import { UnfinishedRows } from './unfinished-rows.tsx';
import { useClosedRows } from './use-closed-rows.ts';
import { useNextPlace } from './use-next-place.ts';
import { usePlanColumns } from './use-plan-columns.tsx';
import './plan.css';

export type PlanPageProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  /** The row to show, when the address names one. */
  readonly recordId: Id | null;
};

const childOf: Readonly<Record<PlanKind, PlanKind>> = {
  need: 'goal',
  goal: 'action',
  action: 'action',
};

/** The field that mends a gap. */
const fieldOfGap = {
  responsible: 'responsibleId',
  deputy: 'deputyId',
  start: 'start',
  measure: 'zero',
} as const;

/** The plan editor; an address of a request or a rating shows the row that it is about. */
export const PlanPage = ({ recordId, ...props }: PlanPageProps) => {
  const today = useToday();
  const requests = useMemo(() => requestsOf(props.view, today), [props.view, today]);
  const shown = ratedGoal(props.view, shownPlace(requests, recordId));
  return <PlanEditor {...props} requests={requests} recordId={shown} />;
};

type PlanEditorProps = PlanPageProps & { readonly requests: readonly PlanRequest[] };

/** The tree, and beside it everything that the selected row says. */
const PlanEditor = ({ view, directory, requests, recordId }: PlanEditorProps) => {
  const { t, i18n } = useTranslation(['plan', 'records']);
  const language = languageOf(i18n.language);
  const today = useToday();
  const words = useProblemWords();
  const requestsAt = byPlace(requests);
  const ownId = useAppSelector((state) => state.session.session?.person?.id ?? null);
  const [filter, setFilter] = useState<PlanFilter>('all');
  const [showRemoved, setShowRemoved] = useState(false);
  const { closed, toggle, open } = useClosedRows();
  const isNarrow = useIsNarrow();
  const [isPanelOpen, setPanelOpen] = useState(!isNarrow || recordId !== null);
  const [fieldAsked, setFieldAsked] = useState<FieldAsked | null>(null);
  // Whoever comes to a row by its address, as after settling its versions, goes on from it by keys.
  const [rowAsked, setRowAsked] = useState(recordId === null ? 0 : 1);
  const [isAsking, setAsking] = useState(false);
  const [newRow, setNewRow] = useState<NewRow | null>(null);
  const [write, { error: moveError }] = useWriteRecordsMutation();

  const tree = useMemo(() => planTree(view, { showRemoved }), [view, showRemoved]);
  const nodes = useMemo(() => allNodes(tree), [tree]);
  const gaps = useMemo(() => gapsOf(tree), [tree]);
  const lacking = useMemo(
    () => partGaps(view, tree, elementStates(view, tree), today),
    [view, tree, today],
  );
  const changed = useMemo(() => nodes.filter((node) => isUnseen(node.record)), [nodes]);
  const conflicts = useMemo(() => nodes.filter((node) => versionsOf(node.record) > 0), [nodes]);
  const [selectedId, setSelectedId] = useState<Id | null>(recordId ?? nodes[0]?.id ?? null);
  const [shownId, setShownId] = useState(recordId);
  if (recordId !== shownId) {
    setShownId(recordId);
    if (recordId !== null) {
      setSelectedId(recordId);
      setPanelOpen(true);
    }
  }

  const rows = useMemo(
    () => planRows(tree, { filter, ownId, closed, gaps }),
    [tree, filter, ownId, closed, gaps],
  );
  const ratings = useMemo(() => ratingsByGoal(view), [view]);
  const family = useFamily(view);
  const overlaps = useMemo(() => overlapsOf(tree), [tree]);
  const contradictions = useMemo(() => contradictionsOf(tree, view), [tree, view]);
  const visits = useMemo(() => standingVisits(view), [view]);
  const { slots, columns } = usePlanColumns(nodes, directory);
  const gapByNode = useMemo(
    // The first of several stands on the row.
    () => new Map(gaps.toReversed().map((gap) => [gap.node.id, gap.gap] as const)),
    [gaps],
  );
  const node = selectedId === null ? undefined : tree.byId.get(selectedId);
  const askedAbout = askedPlace(node, tree.plan, t, language);
  const panelNode = isPanelOpen ? node : undefined;

  const askRow = (): void => setRowAsked((count) => count + 1);
  const openPanel = (field?: string): void => {
    setPanelOpen(true);
    setFieldAsked({ field: field ?? null });
  };
  const select = useCallback((id: Id): void => {
    setSelectedId(id);
    setFieldAsked(null);
  }, []);
  const closePanel = (): void => {
    setPanelOpen(false);
    setFieldAsked(null);
    if (node) askRow();
  };

  /** Shows a row wherever it is: opens what is above it. */
  const show = useCallback(
    (id: Id): void => {
      setSelectedId(id);
      setFilter('all');
      const above: Id[] = [];
      for (let row = tree.byId.get(id)?.parentId; row; row = tree.byId.get(row)?.parentId) {
        above.push(row);
      }
      open(above);
    },
    [tree, open],
  );

  useNextPlace({
    order: useMemo(() => nodes.map(({ id }) => id), [nodes]),
    gaps: useMemo(() => gaps.map((gap) => gap.node.id), [gaps]),
    changed: useMemo(() => changed.map(({ id }) => id), [changed]),
    conflicts: useMemo(() => conflicts.map(({ id }) => id), [conflicts]),
    selectedId,
    show,
  });

  const move = useCallback(
    (asked: TreeMove | undefined): void => {
      const moved = asked && tree.byId.get(asked.id);
      if (!asked || !moved) return;
      const siblings =
        moved.parentId === null ? tree.needs : (tree.byId.get(moved.parentId)?.children ?? []);
      void write({
        caseId: view.caseId,
        edits: [...orderEdits(siblings, moved, asked.beforeId, moved.kind)],
      });
    },
    [tree, view.caseId, write],
  );
  const add = (kind: PlanKind): void => setNewRow(newRowBelow(node, kind));
  const around = {
    t,
    language,
    today,
    directory,
    slots,
    requestsAt: (id: Id) => requestsAt.get(id) ?? [],
    ratings,
    overlaps,
    contradictions,
    commonOf: (id: Id) => family.common.get(id) ?? [],
    gapOf: (each: { readonly id: Id }) => gapByNode.get(each.id),
  };

  return (
    <div className={panelNode ? 'page-body plan' : 'page-body plan plan-alone'}>
      <PlanBar
        view={view}
        filter={filter}
        onFilter={setFilter}
        counts={{ changed: changed.length, gaps: gaps.length, conflicts: conflicts.length }}
        showRemoved={showRemoved}
        onShowRemoved={setShowRemoved}
        {...(askedAbout === null ? {} : { onAsk: () => setAsking(true) })}
        {...(changed.length > 0 ? { seen: <SeenButton view={view} section="plan" /> } : {})}
        below={node && node.state !== 'removed' ? childOf[node.kind] : null}
        onAdd={add}
      />
      <div className="plan-main">
        <ReadersLine view={view} directory={directory} />
        <UnfinishedRows
          rows={unfinishedRows(view).filter((row) => row.recordId !== newRow?.recordId)}
          caseId={view.caseId}
          onContinue={setNewRow}
        />
        {moveError !== undefined && (
          <Banner tone="bad" shape="box" announce="assertive">
            {words(problemOf(moveError))}
          </Banner>
        )}
        <section className="card plan-tree" aria-label={t('tree')}>
          <TreeGrid
            label={t('tree')}
            columns={columns}
            rows={rows}
            cells={(row) => rowCells(row.node, around)}
            marks={(row) => ({
              forked: versionsOf(row.node.record) > 0,
              changed: isUnseen(row.node.record),
            })}
            selectedId={selectedId}
            onSelect={select}
            onToggle={toggle}
            onPress={() => setPanelOpen(true)}
            focusAsked={rowAsked}
            onEdit={(id) => {
              setSelectedId(id);
              openPanel();
            }}
            onAddBelow={(id) => {
              const below = tree.byId.get(id);
              if (below) setNewRow(newRowBelow(below, childOf[below.kind]));
            }}
            onHistory={(id) => goTo(clientHref(view.caseId, 'history', { recordId: id }))}
            onMove={move}
            nameOf={(row) => `${row.node.number} ${titleOf(row.node, language)}`.trim()}
            empty={
              filter === 'all' ? (
                <EmptyState action={<Button onPress={() => add('need')}>{t('add.need')}</Button>}>
                  {t('empty')}
                </EmptyState>
              ) : (
                <EmptyState
                  action={<Button onPress={() => setFilter('all')}>{t('filter.showAll')}</Button>}
                >
                  {t('emptyFilter')}
                </EmptyState>
              )
            }
          />
        </section>
        <NewerRecords view={view} directory={directory} />
        {gaps.length + lacking.length > 0 && (
          <GapList
            gaps={gaps}
            parts={lacking}
            caseId={view.caseId}
            onOpen={(gap) => {
              show(gap.node.id);
              if (gap.gap === 'goal') setNewRow(newRowBelow(gap.node, 'goal'));
              else openPanel(fieldOfGap[gap.gap]);
            }}
          />
        )}
      </div>
      {panelNode && (
        <RecordPanel
          view={view}
          node={panelNode}
          surroundings={{ view, directory }}
          requests={requestsAt.get(panelNode.id) ?? []}
          overlaps={overlaps.get(panelNode.id) ?? []}
          contradictions={contradictions.get(panelNode.id) ?? []}
          touched={touchedTasks(panelNode, requestsAt, visits)}
          family={family}
          parent={panelNode.parentId === null ? undefined : tree.byId.get(panelNode.parentId)}
          fieldAsked={fieldAsked}
          onClose={closePanel}
          onSettled={() => {
            setFieldAsked(null);
            askRow();
          }}
          onMove={(step) => {
            move(moveByStep(rows, panelNode.id, step));
          }}
        />
      )}
      {isAsking && askedAbout !== null && (
        <AskDialog
          place={askedAbout}
          surroundings={{ view, directory }}
          onClose={() => setAsking(false)}
          onAsked={() => {
            setAsking(false);
            setPanelOpen(true);
          }}
        />
      )}
      {newRow && (
        <NewRowDialog
          key={newRow.recordId}
          row={newRow}
          view={view}
          tree={tree}
          surroundings={{ view, directory }}
          onClose={() => setNewRow(null)}
          onMade={(id) => {
            setNewRow(null);
            show(id);
            askRow();
          }}
        />
      )}
    </div>
  );
};
