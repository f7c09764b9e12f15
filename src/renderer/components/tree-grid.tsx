/* oxlint-disable jsx-a11y/click-events-have-key-events -- the tree answers the keys for its rows */
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useIsHalf } from './half.tsx';
import { Icon } from './icon.tsx';
import { shownCells, shownColumns } from './shown-columns.ts';
import {
  moveByStep,
  moveToPlace,
  siblingsOf,
  treeStep,
  type TreeMove,
  type TreeRow,
} from './tree-moves.ts';
import { useIsTouch } from './use-touch.ts';
import { VisuallyHidden } from './visually-hidden.tsx';

export type TreeColumn = {
  readonly id: string;
  readonly header: ReactNode;
  /** A track of a CSS grid. */
  readonly width: string;
  readonly align?: 'end';
  /** Left out where rows are of a size for a finger, and in half a window. */
  readonly isExtra?: true;
};

export type TreeCell = {
  readonly column: string;
  readonly content: ReactNode;
  /** How many columns it fills, 1 by default. */
  readonly span?: number;
  /** The cell that carries indent, twisty and drag handle. Exactly one per row. */
  readonly isMain?: boolean;
};

export type TreeGridProps<Row extends TreeRow> = {
  readonly label: string;
  readonly columns: readonly TreeColumn[];
  /** The visible rows in order: what is closed is left out. */
  readonly rows: readonly Row[];
  readonly cells: (row: Row) => readonly TreeCell[];
  /** Marks on the whole row. */
  readonly marks?: (row: Row) => { readonly changed?: boolean; readonly forked?: boolean };
  readonly selectedId: string | null;
  readonly onSelect: (id: string) => void;
  readonly onToggle: (id: string, open: boolean) => void;
  /** F2, Enter or a double press. */
  readonly onEdit?: (id: string) => void;
  /** N: a new row below this one. */
  readonly onAddBelow?: (id: string) => void;
  /** H: what the row has been. */
  readonly onHistory?: (id: string) => void;
  /** Other letters that do something to the row, in lower case. */
  readonly letters?: Readonly<Record<string, (id: string) => void>>;
  /** Ctrl Enter, also from a field inside a row. */
  readonly onDone?: () => void;
  /** Esc, also from a field inside a row. */
  readonly onClose?: () => void;
  /** A row was pressed with the pointer: it is selected, and what it says is wanted too. */
  readonly onPress?: (id: string) => void;
  /** Counts up when the selected row is asked to take the focus. */
  readonly focusAsked?: number;
  /** Alt ↑, Alt ↓ and dragging. Left out, nothing can be moved. */
  readonly onMove?: (move: TreeMove) => void;
  /** What a row is called in announcements. */
  readonly nameOf: (row: Row) => string;
  readonly empty?: ReactNode;
};

type Drag = { readonly id: string; readonly place: number };

const isField = (target: EventTarget): boolean =>
  target instanceof Element &&
  target.closest('input, textarea, select, [contenteditable]') !== null;

/** At which place among its siblings a row would land if dropped at this height. */
const placeAt = (
  body: HTMLElement,
  siblings: readonly TreeRow[],
  draggedId: string,
  y: number,
): number => {
  let place = 0;
  for (const sibling of siblings) {
    if (sibling.id === draggedId) continue;
    const row = body.querySelector(`[data-row="${CSS.escape(sibling.id)}"]`);
    if (!row) continue;
    const box = row.getBoundingClientRect();
    if (y > box.top + box.height / 2) place += 1;
  }
  return place;
};

/**
 * The plan's tree. One row is selected and has the focus; arrows move, → ← open and close, F2
 * edits, N adds below, H tells what was, Alt with an arrow moves the row among its siblings, Ctrl Enter is done, Esc
 * closes. The caller keeps the state; the tree tells what was asked.
 */
export const TreeGrid = <Row extends TreeRow>({
  label,
  columns: allColumns,
  rows,
  cells,
  marks,
  selectedId,
  onSelect,
  onToggle,
  onEdit,
  onAddBelow,
  onHistory,
  letters,
  onDone,
  onClose,
  onPress,
  focusAsked = 0,
  onMove,
  nameOf,
  empty,
}: TreeGridProps<Row>) => {
  const { t } = useTranslation('components');
  const body = useRef<HTMLDivElement>(null);
  const hasFocus = useRef(false);
  const lastIndex = useRef(0);
  const lastSeen = useRef<string | null>(null);
  const focusGiven = useRef(0);
  const [drag, setDrag] = useState<Drag | null>(null);
  const [said, setSaid] = useState('');

  const selectedIndex = rows.findIndex((row) => row.id === selectedId);
  const tabStop = rows[selectedIndex]?.id ?? rows[0]?.id;
  const isTouch = useIsTouch();
  const columns = shownColumns(allColumns, useIsHalf() || isTouch);
  const tracks = columns.map((column) => column.width).join(' ');

  // The focus follows the selection, also when the selected row has been removed.
  useEffect(() => {
    const isAsked = focusGiven.current !== focusAsked;
    if (isAsked) hasFocus.current = true;
    if (selectedIndex >= 0) {
      lastIndex.current = selectedIndex;
      lastSeen.current = selectedId;
      focusGiven.current = focusAsked;
      if (!hasFocus.current || body.current === null) return;
      const row = body.current.querySelector<HTMLElement>('[data-row][tabindex="0"]');
      const focused = document.activeElement;
      if (
        row &&
        (isAsked || focused === document.body || focused?.matches('[data-row]') === true)
      ) {
        row.focus({ preventScroll: true });
        row.scrollIntoView({ block: 'nearest' });
      }
      return;
    }
    // A row that was just made comes in a moment.
    if (selectedId !== null && selectedId !== lastSeen.current) return;
    const near = rows[Math.min(lastIndex.current, rows.length - 1)];
    if (hasFocus.current && near) onSelect(near.id);
  }, [selectedIndex, selectedId, rows, onSelect, focusAsked]);

  const ask = (move: TreeMove | undefined): void => {
    if (!move || !onMove) return;
    onMove(move);
    const row = rows.find((each) => each.id === move.id);
    if (!row) return;
    const others = siblingsOf(rows, row).filter((each) => each.id !== row.id);
    const place = others.findIndex((each) => each.id === move.beforeId);
    setSaid(
      t('tree.moved', {
        name: nameOf(row),
        place: (place < 0 ? others.length : place) + 1,
        all: others.length + 1,
      }),
    );
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.defaultPrevented || event.metaKey) return;
    if (event.key === 'Escape') {
      if (drag) setDrag(null);
      else onClose?.();
      return;
    }
    if (event.key === 'Enter' && event.ctrlKey) {
      event.preventDefault();
      onDone?.();
      return;
    }
    const element = event.target as Element;
    const id = element.closest<HTMLElement>('[data-row]')?.dataset['row'];
    if (id === undefined || isField(event.target)) return;
    if (event.altKey) {
      if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
      event.preventDefault();
      ask(moveByStep(rows, id, event.key === 'ArrowUp' ? -1 : 1));
      return;
    }
    if (event.ctrlKey) return;
    if (event.key === 'F2' || (event.key === 'Enter' && element.matches('[data-row]'))) {
      event.preventDefault();
      onEdit?.(id);
      return;
    }
    if (event.key.toLowerCase() === 'n' && onAddBelow) {
      event.preventDefault();
      onAddBelow(id);
      return;
    }
    if (event.key.toLowerCase() === 'h' && onHistory) {
      event.preventDefault();
      onHistory(id);
      return;
    }
    const letter = letters?.[event.key.toLowerCase()];
    if (letter) {
      event.preventDefault();
      letter(id);
      return;
    }
    const step = treeStep(rows, id, event.key);
    if (!step) return;
    event.preventDefault();
    if (step.kind === 'toggle') onToggle(step.id, step.open);
    else onSelect(step.id);
  };

  const startDrag = (event: PointerEvent<HTMLElement>, row: Row): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    const place = siblingsOf(rows, row).findIndex((each) => each.id === row.id);
    setDrag({ id: row.id, place });
  };

  const continueDrag = (event: PointerEvent<HTMLElement>, row: Row): void => {
    if (drag?.id !== row.id || !body.current) return;
    const place = placeAt(body.current, siblingsOf(rows, row), row.id, event.clientY);
    if (place !== drag.place) setDrag({ id: row.id, place });
  };

  const endDrag = (row: Row): void => {
    if (drag?.id !== row.id) return;
    ask(moveToPlace(rows, row.id, drag.place));
    setDrag(null);
  };

  const dropMove = drag ? moveToPlace(rows, drag.id, drag.place) : undefined;
  const dropClass = (row: Row): string => {
    if (dropMove?.beforeId === row.id) return ' tree-drop-above';
    if (dropMove && dropMove.beforeId === null && dropMove.afterId === row.id) {
      return ' tree-drop-below';
    }
    return '';
  };

  const mainContent = (row: Row, content: ReactNode): ReactNode => (
    <>
      {onMove !== undefined && (
        <span
          className="tree-grip"
          aria-hidden="true"
          title={t('tree.drag')}
          onPointerDown={(event) => startDrag(event, row)}
          onPointerMove={(event) => continueDrag(event, row)}
          onPointerUp={() => endDrag(row)}
          onPointerCancel={() => setDrag(null)}
        >
          <Icon name="grip" size={14} />
        </span>
      )}
      {row.isOpen === undefined ? (
        <span className="tree-twisty" />
      ) : (
        <span
          className="tree-twisty"
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation();
            onToggle(row.id, row.isOpen === false);
          }}
        >
          <Icon name={row.isOpen ? 'chevronDown' : 'chevronRight'} size={12} />
        </span>
      )}
      {content}
    </>
  );

  return (
    <>
      <div
        role="treegrid"
        aria-label={label}
        aria-colcount={columns.length}
        tabIndex={-1}
        className="tree"
        onKeyDown={onKeyDown}
        onFocus={() => {
          hasFocus.current = true;
        }}
        onBlur={(event) => {
          // A row that disappears blurs to nowhere: the focus is still the tree's to place.
          if (event.relatedTarget !== null && !event.currentTarget.contains(event.relatedTarget)) {
            hasFocus.current = false;
          }
        }}
      >
        <div role="rowgroup" className="tree-head">
          <div role="row" className="tree-head-row" style={{ gridTemplateColumns: tracks }}>
            {columns.map((column) => (
              <div
                key={column.id}
                role="columnheader"
                className={column.align === 'end' ? 'tree-end' : ''}
              >
                {column.header}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" ref={body} className="tree-body">
          {rows.map((row) => {
            const siblings = siblingsOf(rows, row);
            const mark = marks?.(row) ?? {};
            return (
              <div
                key={row.id}
                role="row"
                data-row={row.id}
                aria-level={row.level}
                aria-posinset={siblings.indexOf(row) + 1}
                aria-setsize={siblings.length}
                aria-selected={row.id === selectedId}
                tabIndex={row.id === tabStop ? 0 : -1}
                className={`tree-row tree-level-${row.level}${
                  mark.changed === true ? ' tree-changed' : ''
                }${mark.forked === true ? ' tree-forked' : ''}${
                  drag?.id === row.id ? ' tree-dragged' : ''
                }${dropClass(row)}`}
                style={{ gridTemplateColumns: tracks }}
                onClick={() => {
                  onSelect(row.id);
                  onPress?.(row.id);
                }}
                data-begin={row.id === tabStop ? '' : undefined}
                onDoubleClick={(event) => {
                  if (!isField(event.target)) onEdit?.(row.id);
                }}
                {...(row.isOpen === undefined ? {} : { 'aria-expanded': row.isOpen })}
              >
                {shownCells(cells(row), allColumns, columns).map((cell) => {
                  const column = columns.find((each) => each.id === cell.column);
                  return (
                    <div
                      key={cell.column}
                      role="gridcell"
                      className={`tree-cell${cell.isMain === true ? ' tree-main' : ''}${
                        column?.align === 'end' ? ' tree-end' : ''
                      }`}
                      style={
                        cell.span === undefined ? {} : { gridColumn: `span ${String(cell.span)}` }
                      }
                      {...(cell.span === undefined ? {} : { 'aria-colspan': cell.span })}
                    >
                      {cell.isMain === true ? mainContent(row, cell.content) : cell.content}
                    </div>
                  );
                })}
              </div>
            );
          })}
        </div>
      </div>
      {rows.length === 0 && empty}
      <div aria-live="polite">
        <VisuallyHidden>{said}</VisuallyHidden>
      </div>
    </>
  );
};
