import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  memo,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { useTranslation } from 'react-i18next';
import { type ActiveRowStore, makeActiveRowStore, nextCell } from './active-row-store.ts';
import { Icon } from './icon.tsx';
import { shownColumns } from './shown-columns.ts';
import { useRowHeight } from './use-row-height.ts';
import { useIsTouch } from './use-touch.ts';

export type GridColumn<Row> = {
  readonly id: string;
  readonly header: string;
  /** A track of a CSS grid: `120px`, `minmax(0, 1fr)`. */
  readonly width: string;
  readonly cell: (row: Row) => ReactNode;
  readonly isSortable?: boolean;
  readonly align?: 'end';
  /** Left out where rows are of a size for a finger. */
  readonly isExtra?: true;
};

export type GridSort = {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
};

export type VirtualGridProps<Row> = {
  readonly label: string;
  /** Keep the array itself between renders: a new one draws every row anew. */
  readonly columns: readonly GridColumn<Row>[];
  readonly rowCount: number;
  /** The row if it is loaded. The same object each time, or its row is drawn anew. */
  readonly getRow: (index: number) => Row | undefined;
  /** First and last index in sight, with some to spare: load these. */
  readonly onRangeChange?: (first: number, last: number) => void;
  readonly sort?: GridSort;
  readonly onSort?: (sort: GridSort) => void;
  /** Enter, or a press on the row. */
  readonly onOpen?: (row: Row, index: number) => void;
  /** Letters that do something to the active row, in lower case. */
  readonly letters?: Readonly<Record<string, (row: Row) => void>>;
  /** Called as the active row moves. Keep it cheap: it runs on every arrow key. */
  readonly onActiveChange?: (index: number) => void;
  /** Changing it goes back to the top: another search, another list. */
  readonly listKey?: string;
  /** An EmptyState. */
  readonly empty?: ReactNode;
};

type RowProps<Row> = {
  readonly index: number;
  readonly row: Row | undefined;
  readonly columns: readonly GridColumn<Row>[];
  readonly tracks: string;
  readonly top: number;
  readonly height: number;
  readonly idPrefix: string;
  readonly store: ActiveRowStore;
};

const GridRow = <Row,>({
  index,
  row,
  columns,
  tracks,
  top,
  height,
  idPrefix,
  store,
}: RowProps<Row>) => {
  // −2 for rows that are not active: a row that stays so is not drawn again.
  const activeColumn = useSyncExternalStore(store.subscribe, () => {
    const cell = store.get();
    return cell.row === index ? cell.column : -2;
  });
  return (
    <div
      role="row"
      id={`${idPrefix}-r${index}`}
      aria-rowindex={index + 2}
      data-index={index}
      className={`vgrid-row${activeColumn === -2 ? '' : ' vgrid-current'}${
        activeColumn === -1 ? ' vgrid-active' : ''
      }`}
      style={{ transform: `translateY(${top}px)`, height, gridTemplateColumns: tracks }}
      {...(row === undefined ? { 'aria-busy': true } : {})}
    >
      {columns.map((column, columnIndex) => (
        <div
          key={column.id}
          role="gridcell"
          id={`${idPrefix}-r${index}c${columnIndex}`}
          aria-colindex={columnIndex + 1}
          className={`vgrid-cell${column.align === 'end' ? ' vgrid-end' : ''}${
            activeColumn === columnIndex ? ' vgrid-active' : ''
          }`}
        >
          {row === undefined ? <span className="vgrid-pending" /> : column.cell(row)}
        </div>
      ))}
    </div>
  );
};

const MemoRow = memo(GridRow) as typeof GridRow;

const ColumnHeader = <Row,>({
  column,
  index,
  sort,
  onSort,
}: {
  readonly column: GridColumn<Row>;
  readonly index: number;
  readonly sort: GridSort | undefined;
  readonly onSort: ((sort: GridSort) => void) | undefined;
}) => {
  const direction = sort?.column === column.id ? sort.direction : undefined;
  const isSortable = column.isSortable === true && onSort !== undefined;
  return (
    <div
      role="columnheader"
      aria-colindex={index + 1}
      className={column.align === 'end' ? 'vgrid-header vgrid-end' : 'vgrid-header'}
      {...(isSortable ? { 'aria-sort': direction ?? ('none' as const) } : {})}
    >
      {isSortable ? (
        <button
          type="button"
          onClick={() =>
            onSort({
              column: column.id,
              direction: direction === 'ascending' ? 'descending' : 'ascending',
            })
          }
        >
          {column.header}
          {direction !== undefined && (
            <Icon name={direction === 'ascending' ? 'arrowUp' : 'arrowDown'} size={12} />
          )}
        </button>
      ) : (
        column.header
      )}
    </div>
  );
};

/**
 * A list of any length: only what is in sight is drawn, only what is in sight is asked for. The
 * grid itself keeps the focus and names its active row, so a row that scrolls out takes no focus
 * with it. Arrows, Page Up/Down, Home, End; → reads the cells one by one; Enter opens.
 */
export const VirtualGrid = <Row,>({
  label,
  columns: allColumns,
  rowCount,
  getRow,
  onRangeChange,
  sort,
  onSort,
  onOpen,
  letters,
  onActiveChange,
  listKey = '',
  empty,
}: VirtualGridProps<Row>) => {
  const { t } = useTranslation('components');
  const idPrefix = useId();
  const grid = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const [store] = useState(() => makeActiveRowStore({ row: 0, column: -1 }));
  const isTouch = useIsTouch();
  const columns = useMemo(() => shownColumns(allColumns, isTouch), [allColumns, isTouch]);
  const tracks = useMemo(() => columns.map((column) => column.width).join(' '), [columns]);

  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    // The head stands over the first rows' place.
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
    // The active row stays in the document, so that the grid never names a row that is not there.
    rangeExtractor: (range) => {
      const active = store.get().row;
      const indexes = defaultRangeExtractor(range);
      if (active >= range.count || indexes.includes(active)) return indexes;
      return [...indexes, active].toSorted((a, b) => a - b);
    },
  });

  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);

  useEffect(() => {
    store.set({ row: 0, column: -1 });
    if (grid.current) grid.current.scrollTop = 0;
  }, [store, listKey]);

  // A list that became shorter keeps its active row inside.
  useEffect(() => {
    const { row, column } = store.get();
    if (row >= rowCount) store.set({ row: Math.max(0, rowCount - 1), column });
  }, [store, rowCount]);

  useEffect(() => {
    const name = (): void => {
      const element = grid.current;
      if (!element) return;
      const { row, column } = store.get();
      if (rowCount === 0) element.removeAttribute('aria-activedescendant');
      else {
        const id = column < 0 ? `${idPrefix}-r${row}` : `${idPrefix}-r${row}c${column}`;
        element.setAttribute('aria-activedescendant', id);
      }
    };
    name();
    return store.subscribe(name);
  }, [store, idPrefix, rowCount]);

  const { range } = virtualizer;
  const first = Math.max(0, (range?.startIndex ?? 0) - 20);
  const last = Math.min(rowCount - 1, (range?.endIndex ?? 0) + 20);
  useEffect(() => {
    if (rowCount > 0) onRangeChange?.(first, last);
  }, [first, last, rowCount, listKey, onRangeChange]);

  const moveTo = useCallback(
    (row: number, column: number) => {
      store.set({ row, column });
      virtualizer.scrollToIndex(row, { align: 'auto' });
      onActiveChange?.(row);
    },
    [store, virtualizer, onActiveChange],
  );

  const open = (index: number): void => {
    const row = getRow(index);
    if (row !== undefined) onOpen?.(row, index);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    // The head's buttons have keys of their own.
    if (event.target !== event.currentTarget) return;
    if (event.ctrlKey && event.key !== 'Home' && event.key !== 'End') return;
    if (event.altKey || event.metaKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      open(store.get().row);
      return;
    }
    const letter = event.ctrlKey ? undefined : letters?.[event.key.toLowerCase()];
    if (letter) {
      const row = getRow(store.get().row);
      event.preventDefault();
      if (row !== undefined) letter(row);
      return;
    }
    const page = Math.floor(event.currentTarget.clientHeight / rowHeight) - 2;
    const to = nextCell(event.key, store.get(), { rows: rowCount, columns: columns.length, page });
    if (to === undefined) return;
    event.preventDefault();
    moveTo(to.row, to.column);
  };

  return (
    <div
      ref={grid}
      role="grid"
      aria-label={label}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length}
      aria-readonly="true"
      tabIndex={0}
      className={onOpen === undefined ? 'vgrid' : 'vgrid vgrid-opens'}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const row = (event.target as Element).closest<HTMLElement>('.vgrid-row');
        if (!row || (event.target as Element).closest('a, button')) return;
        const index = Number(row.dataset['index']);
        store.set({ row: index, column: -1 });
        onActiveChange?.(index);
        open(index);
      }}
    >
      <div role="rowgroup" className="vgrid-head">
        <div
          role="row"
          aria-rowindex={1}
          className="vgrid-head-row"
          style={{ height: rowHeight, gridTemplateColumns: tracks }}
        >
          {columns.map((column, index) => (
            <ColumnHeader
              key={column.id}
              column={column}
              index={index}
              sort={sort}
              onSort={onSort}
            />
          ))}
        </div>
      </div>
      {rowCount === 0 ? (
        <div role="rowgroup">
          <div role="row" aria-rowindex={2}>
            <div role="gridcell">{empty ?? t('grid.empty')}</div>
          </div>
        </div>
      ) : (
        <div role="rowgroup" className="vgrid-rows" style={{ height: rowHeight * rowCount }}>
          {virtualizer.getVirtualItems().map((item) => (
            <MemoRow
              key={item.key}
              index={item.index}
              row={getRow(item.index)}
              columns={columns}
              tracks={tracks}
              top={item.index * rowHeight}
              height={rowHeight}
              idPrefix={idPrefix}
              store={store}
            />
          ))}
        </div>
      )}
    </div>
  );
};
