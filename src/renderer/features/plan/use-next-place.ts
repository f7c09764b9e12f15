import { useEffect } from 'react';
import type { Id } from '#shared/domain/ids.ts';

/** The next of some places after the selected one, round from the last to the first. */
export const nextAfter = (
  ids: readonly Id[],
  order: readonly Id[],
  selected: Id | null,
): Id | undefined => {
  const at = selected === null ? -1 : order.indexOf(selected);
  return ids.find((id) => order.indexOf(id) > at) ?? ids[0];
};

export type PlacesToVisit = {
  /** Every row in its order. */
  readonly order: readonly Id[];
  readonly gaps: readonly Id[];
  readonly conflicts: readonly Id[];
  readonly changed: readonly Id[];
  readonly selectedId: Id | null;
  readonly show: (id: Id) => void;
};

/** F7 goes to the next row that others have changed, F8 to the next gap, F9 to the next place with two versions. */
export const useNextPlace = ({
  order,
  changed,
  gaps,
  conflicts,
  selectedId,
  show,
}: PlacesToVisit): void => {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const places = { F7: changed, F8: gaps, F9: conflicts }[event.key];
      if (places === undefined) return;
      event.preventDefault();
      const next = nextAfter(places, order, selectedId);
      if (next !== undefined) show(next);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [changed, gaps, conflicts, order, selectedId, show]);
};
