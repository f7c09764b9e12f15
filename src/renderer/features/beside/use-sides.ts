import { useCallback, useEffect, useRef, type RefObject } from 'react';
import { useIsNarrow } from '#renderer/components/dialog.tsx';
import {
  besideClosed,
  besideOf,
  besideOpened,
  besideTabOf,
  sideChosen,
  type ClientBeside,
  type Side,
} from '#renderer/store/beside.ts';
import { clientHref, goTo, type Route } from '#renderer/store/route.ts';
import { useAppDispatch, useAppSelector } from '#renderer/store/store.ts';

export type Sides = {
  /** Who is read beside the client that is worked on; null where one client stands alone. */
  readonly beside: ClientBeside | null;
  /** Which of the two is in sight; both where the window has room for both. */
  readonly inSight: Side | 'both';
  readonly pane: RefObject<HTMLElement | null>;
  /** The client that is read becomes the one that is worked on, and the other way round. */
  readonly swap: () => void;
  /** Moves the focus to the other client; false where there is one. */
  readonly toOther: () => boolean;
  readonly isInPane: () => boolean;
};

/** Two clients in one window: where the focus is, and what becomes of the second one as the address changes. */
export const useSides = (route: Route, main: RefObject<HTMLElement | null>): Sides => {
  const dispatch = useAppDispatch();
  const ownCaseId = route.page === 'client' ? route.caseId : null;
  const state = useAppSelector((all) => all.beside);
  const beside = besideOf(state, ownCaseId);
  const isNarrow = useIsNarrow();
  const inSight = beside === null ? 'own' : isNarrow ? state.side : 'both';
  const pane = useRef<HTMLElement>(null);
  /** Where one was on each side when one left it. */
  const places = useRef<Record<Side, Element | null>>({ own: null, beside: null });
  const isAsked = useRef(false);

  const isOnClient = ownCaseId !== null;
  useEffect(() => {
    if (!isOnClient) dispatch(besideClosed());
  }, [isOnClient, dispatch]);

  const isInPane = useCallback(() => pane.current?.contains(document.activeElement) === true, []);

  const focusSide = useCallback(
    (side: Side): void => {
      const whole = side === 'own' ? main.current : pane.current;
      const left = places.current[side];
      const isThere = left instanceof HTMLElement && whole?.contains(left) === true;
      const begin = side === 'own' ? whole?.querySelector<HTMLElement>('[data-begin]') : null;
      (isThere ? left : (begin ?? whole))?.focus();
    },
    [main],
  );

  // Whoever comes beside gets the focus; when the pane goes, one's own client does.
  const besideId = beside?.caseId ?? null;
  const { side } = state;
  const before = useRef(besideId);
  useEffect(() => {
    if (besideId !== before.current) {
      before.current = besideId;
      places.current.beside = null;
      if (besideId !== null && side === 'beside') pane.current?.focus();
      else if (document.activeElement === document.body) focusSide('own');
    } else if (isAsked.current) focusSide(side);
    isAsked.current = false;
  }, [besideId, side, focusSide]);

  const toOther = useCallback((): boolean => {
    if (besideId === null) return false;
    const other = isInPane() || (isNarrow && side === 'beside') ? 'own' : 'beside';
    places.current[other === 'own' ? 'beside' : 'own'] = document.activeElement;
    if (side === other) focusSide(other);
    else {
      isAsked.current = true;
      dispatch(sideChosen(other));
    }
    return true;
  }, [besideId, isInPane, isNarrow, side, focusSide, dispatch]);

  const swap = useCallback((): void => {
    if (beside === null || route.page !== 'client') return;
    const { caseId, tab } = beside;
    dispatch(besideOpened({ caseId: route.caseId, from: 'list', tab: besideTabOf(route.tab) }));
    dispatch(sideChosen('own'));
    goTo(clientHref(caseId, tab));
  }, [beside, route, dispatch]);

  return { beside, inSight, pane, swap, toOther, isInPane };
};
