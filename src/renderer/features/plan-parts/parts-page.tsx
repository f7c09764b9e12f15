import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import { rowGroupOf, rowKinds, type RowKind } from '#shared/domain/plan-elements.ts';
import { registerOfKind } from '#shared/domain/records/compartment-of-kind.ts';
import { isRiskKind } from '#shared/domain/records/risk.ts';
import { Button } from '#renderer/components/button.tsx';
import { useIsNarrow } from '#renderer/components/dialog.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { TreeGrid } from '#renderer/components/tree-grid.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { valueOf, versionsOf } from '#renderer/store/reading.ts';
import { clientHref, goTo } from '#renderer/store/route.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { makeId } from '#renderer/store/make-id.ts';
import type { FieldAsked } from '../editing/index.ts';
import { useClosedRows, useNextPlace } from '../plan/index.ts';
import { AskDialog, type PlanRequest } from '../requests/index.ts';
import { askedPart, requestsAtRow } from './asked-part.ts';
import { NewFollowedRow } from './new-followed-row.tsx';
import { NewPartRow } from './new-part-row.tsx';
import type { NewPart, NewRowProps } from './row-target.ts';
import { NewRiskRow } from './new-risk-row.tsx';
import { partCells } from './part-cells.tsx';
import { PartPanel } from './part-panel.tsx';
import { planRecordOf } from './part-place.ts';
import {
  isUnwritten,
  partRows,
  placeOfRow,
  rowKindOf,
  rowsAbove,
  type PartFilter,
} from './part-rows.ts';
import { PartsBar } from './parts-bar.tsx';
import { usePartColumns } from './use-part-columns.ts';
import { useParts } from './use-parts.ts';
import { useWritable } from './use-writable.ts';
import { usePartWords } from './use-part-words.ts';
import './plan-parts.css';

export type PartsPageProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly requests: readonly PlanRequest[];
  /** The plan's record or a row's, as the address has it. */
  readonly recordId: Id | null;
  /** The plan's group to show. */
  readonly group: string | null;
};

/** The dialog in which a row of that kind begins. */
const NewRow = (props: NewRowProps) => {
  const { kind } = props.row;
  if (isRiskKind(kind)) return <NewRiskRow {...props} />;
  return registerOfKind(kind) === null ? <NewPartRow {...props} /> : <NewFollowedRow {...props} />;
};

/** Everything that a client plan says besides needs, goals and actions: what is written, by whom, what is missing. */
export const PartsPage = ({ view, directory, requests, recordId, group }: PartsPageProps) => {
  const { t } = useTranslation(['plan', 'records']);
  const today = useToday();
  const isNarrow = useIsNarrow();
  const plan = planRecordOf(view);
  const place = recordId === plan.id ? group : recordId;
  const [filter, setFilter] = useState<PartFilter>('all');
  const { closed, toggle, open } = useClosedRows();
  const [isPanelOpen, setPanelOpen] = useState(!isNarrow || place !== null);
  const [fieldAsked, setFieldAsked] = useState<FieldAsked | null>(null);
  const [rowAsked, setRowAsked] = useState(0);
  const [newPart, setNewPart] = useState<NewPart | null>(null);

  const [isAsking, setAsking] = useState(false);

  const writable = useWritable(view);
  const { tree, states, asked, gapById, nextChecks, order, changed, gaps, conflicts } = useParts(
    view,
    writable.registers,
  );
  const [selectedId, setSelectedId] = useState<string>(place ?? order[0] ?? '');
  const [shown, setShown] = useState(place);
  if (place !== shown) {
    setShown(place);
    if (place !== null) {
      setSelectedId(place);
      setPanelOpen(true);
    }
  }

  const rows = useMemo(
    () => partRows(states, { filter, closed, asked, missing: gapById }),
    [states, filter, closed, asked, gapById],
  );
  const columns = usePartColumns();
  const words = usePartWords(view, tree, plan, directory);
  const rowAt = (id: string) => rows.find((each) => each.id === id);
  const row = rowAt(selectedId);
  const shownRow = isPanelOpen && row !== undefined && !isUnwritten(row) ? row : undefined;

  const shownKind = shownRow === undefined ? null : rowKindOf(shownRow);

  const askedAbout =
    row === undefined || isUnwritten(row) ? null : askedPart(row, plan, words.nameOf(row));

  const askRow = (): void => setRowAsked((count) => count + 1);
  const show = useCallback(
    (id: string): void => {
      setSelectedId(id);
      setFilter('all');
      open(rowsAbove(states, id));
    },
    [open, states],
  );
  useNextPlace({ order, changed, gaps, conflicts, selectedId, show });

  const begin = (kind: RowKind, id: Id = makeId()): void =>
    setNewPart({ recordId: id, kind, group: rowGroupOf(kind) });
  /** A row that nobody has written yet goes on in its dialog; any other opens in the panel. */
  const openRow = (id: string): void => {
    const each = rowAt(id);
    setSelectedId(id);
    const kind = each === undefined ? null : rowKindOf(each);
    if (each !== undefined && kind !== null && isUnwritten(each)) begin(kind, id);
    else setPanelOpen(true);
  };
  const addAt = (id: string): void => {
    const each = rowAt(id);
    const kind = each === undefined ? null : rowKindOf(each);
    if (kind !== null && writable.mayAdd(kind)) begin(kind);
  };
  const track = valueOf(plan, 'plan', 'course')?.track;

  return (
    <div className={shownRow ? 'page-body plan' : 'page-body plan plan-alone'}>
      <PartsBar
        view={view}
        filter={filter}
        onFilter={setFilter}
        counts={{ missing: gaps.length, conflicts: conflicts.length }}
        track={track === undefined ? '' : t(`records:track.${track}`)}
        {...(askedAbout === null ? {} : { onAsk: () => setAsking(true) })}
        kinds={rowKinds.filter(writable.mayAdd)}
        onAdd={begin}
      />
      <div className="plan-main">
        <section className="card plan-tree" aria-label={t('plan:parts.label')}>
          <TreeGrid
            label={t('plan:parts.label')}
            columns={columns}
            rows={rows}
            cells={(each) =>
              partCells(each, {
                t,
                today,
                directory,
                gapById,
                nextChecks,
                words,
                requestsAt: (at) => requestsAtRow(requests, at, plan),
              })
            }
            marks={(each) => ({
              changed: changed.includes(each.id),
              forked:
                (each.of === 'element' && each.state.versions > 0) ||
                (each.of === 'record' && versionsOf(each.record) > 0),
            })}
            selectedId={selectedId}
            onSelect={(id) => {
              setSelectedId(id);
              setFieldAsked(null);
            }}
            onToggle={toggle}
            onPress={openRow}
            focusAsked={rowAsked}
            onEdit={(id) => {
              openRow(id);
              setFieldAsked({ field: null });
            }}
            onAddBelow={addAt}
            onHistory={(id) => {
              const each = rowAt(id);
              const written = each === undefined ? null : placeOfRow(each, plan);
              if (written === null) return;
              const { record, group: of } = written;
              goTo(clientHref(view.caseId, 'history', { recordId: record.id, group: of }));
            }}
            nameOf={words.nameOf}
            empty={
              <EmptyState
                action={
                  <Button onPress={() => setFilter('all')}>{t('plan:filter.showAll')}</Button>
                }
              >
                {t(filter === 'missing' ? 'plan:parts.nothingMissing' : 'plan:emptyFilter')}
              </EmptyState>
            }
          />
        </section>
      </div>
      {shownRow && (
        <PartPanel
          view={view}
          row={shownRow}
          words={words}
          requests={requestsAtRow(requests, shownRow, plan)}
          plan={plan}
          surroundings={{ view, directory }}
          fieldAsked={fieldAsked}
          {...(shownKind === null || writable.mayAdd(shownKind)
            ? { onAdd: () => addAt(shownRow.id) }
            : {})}
          isWritable={shownRow.of !== 'record' || writable.mayWrite(shownRow.record)}
          onClose={() => {
            setPanelOpen(false);
            setFieldAsked(null);
            askRow();
          }}
          onRemoved={() => {
            setFieldAsked(null);
            if (shownRow.of === 'record') setSelectedId(shownRow.state.element.id);
            askRow();
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
      {newPart && (
        <NewRow
          key={newPart.recordId}
          row={newPart}
          compartments={writable.placesFor(newPart.kind)}
          view={view}
          surroundings={{ view, directory }}
          onClose={() => setNewPart(null)}
          onMade={(id) => {
            setNewPart(null);
            show(id);
            askRow();
          }}
        />
      )}
    </div>
  );
};
