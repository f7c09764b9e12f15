import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { Problem } from '#shared/contract/calls.ts';
import type { SessionState } from '#shared/contract/views.ts';

/**
 * Who works at this window. `null` until the core has answered. Kept apart from the cache of queries,
 * which is emptied at every lock.
 */
export type SessionSlice = {
  readonly session: SessionState | null;
  /** Why the core could not even say who is here. */
  readonly problem: Problem | null;
  /** False while the core does not answer: what is typed stays in the window until it does. */
  readonly connected: boolean;
};

const initialState: SessionSlice = { session: null, problem: null, connected: true };

export const sessionSlice = createSlice({
  name: 'session',
  initialState,
  reducers: {
    sessionChanged: (state, action: PayloadAction<SessionState>) => ({
      ...state,
      session: action.payload,
      problem: null,
    }),
    sessionUnknown: (state, action: PayloadAction<Problem>) => ({
      ...state,
      problem: action.payload,
    }),
    connectionChanged: (state, action: PayloadAction<boolean>) =>
      state.connected === action.payload ? state : { ...state, connected: action.payload },
  },
});

export const { sessionChanged, sessionUnknown, connectionChanged } = sessionSlice.actions;
