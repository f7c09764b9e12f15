import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { Id } from '#shared/domain/ids.ts';
import type { ClientTab, FoundBy, Route } from './route.ts';
import { sessionChanged } from './session.ts';
import { screenShared } from './shared-screen.ts';

/** What can be read of the client beside. */
export const besideTabs = ['overview', 'plan', 'notes'] as const;
export type BesideTab = (typeof besideTabs)[number];

/** Which of the two stands in a window that has room for one. */
export type Side = 'own' | 'beside';

export type ClientBeside = {
  readonly caseId: Id;
  readonly from: FoundBy;
  readonly tab: BesideTab;
  /** The record that somebody went to from another tab of the pane. */
  readonly recordId: Id | null;
};

/** A second client, read beside the one that is worked on. One's own client is where the address says. */
export type BesideState = {
  /** Others look at the screen: no other client comes on it. */
  readonly isBarred: boolean;
  readonly isChoosing: boolean;
  readonly shown: ClientBeside | null;
  readonly side: Side;
};

const nothing = { isChoosing: false, shown: null, side: 'own' } as const;
const initialState: BesideState = { isBarred: false, ...nothing };

export const besideSlice = createSlice({
  name: 'beside',
  initialState,
  reducers: {
    besideAsked: (state): BesideState => ({ ...state, isChoosing: !state.isBarred }),
    besideNotAsked: (state): BesideState => ({ ...state, isChoosing: false }),
    besideOpened: (
      state,
      { payload }: PayloadAction<Pick<ClientBeside, 'caseId' | 'from'> & { tab?: BesideTab }>,
    ): BesideState =>
      state.isBarred
        ? state
        : {
            isBarred: false,
            isChoosing: false,
            shown: { tab: 'overview', ...payload, recordId: null },
            side: 'beside',
          },
    besideTurned: (
      state,
      { payload }: PayloadAction<Pick<ClientBeside, 'tab' | 'recordId'>>,
    ): BesideState =>
      state.shown === null ? state : { ...state, shown: { ...state.shown, ...payload } },
    sideChosen: (state, { payload }: PayloadAction<Side>): BesideState =>
      state.shown === null ? state : { ...state, side: payload },
    besideClosed: (state): BesideState => ({ ...state, ...nothing }),
  },
  extraReducers: (builder) => {
    builder.addCase(screenShared, (state, { payload }): BesideState =>
      payload ? { isBarred: true, ...nothing } : { ...state, isBarred: false },
    );
    builder.addCase(sessionChanged, (state, { payload }): BesideState =>
      payload.state === 'open' ? state : initialState,
    );
  },
});

export const { besideAsked, besideNotAsked, besideOpened, besideTurned, sideChosen, besideClosed } =
  besideSlice.actions;

/** Who stands beside the client that is worked on: never the same one twice, and nobody beside a list. */
export const besideOf = (
  { isBarred, shown }: BesideState,
  ownCaseId: Id | null,
): ClientBeside | null =>
  isBarred || ownCaseId === null || shown?.caseId === ownCaseId ? null : shown;

/** The tab of the pane that tells the same as a client's page; the overview for what the pane has not. */
export const besideTabOf = (tab: ClientTab): BesideTab =>
  besideTabs.find((each) => each === tab) ?? 'overview';

/** Where a link of the pane leads within it; null for a link to anything else. */
export const placeBeside = (
  route: Route,
  caseId: Id,
): Pick<ClientBeside, 'tab' | 'recordId'> | null => {
  if (route.page !== 'client' || route.caseId !== caseId || route.settle !== null) return null;
  const tab = besideTabs.find((each) => each === route.tab);
  return tab === undefined ? null : { tab, recordId: route.recordId };
};
