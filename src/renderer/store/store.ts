import { configureStore } from '@reduxjs/toolkit';
import { useDispatch, useSelector } from 'react-redux';
import type { ContractClient } from '#shared/contract/transport.ts';
import { besideSlice } from './beside.ts';
import { contractApi, type StoreExtra } from './contract-api.ts';
import { autosave } from './editing/autosave.ts';
import { editingSlice } from './editing/editing-slice.ts';
import { preferencesSlice, type Preferences } from './preferences.ts';
import { presentSlice } from './present.ts';
import { sessionSlice } from './session.ts';
import { sharedScreenSlice } from './shared-screen.ts';
import { undoSlice } from './undo/undo-slice.ts';
import { watchSteps } from './undo/undo.ts';

/** The window's store over any transport of the contract. */
export const makeStore = (client: ContractClient, preferences?: Preferences) => {
  const extra: StoreExtra = { client };
  return configureStore({
    reducer: {
      [contractApi.reducerPath]: contractApi.reducer,
      session: sessionSlice.reducer,
      editing: editingSlice.reducer,
      present: presentSlice.reducer,
      preferences: preferencesSlice.reducer,
      undo: undoSlice.reducer,
      sharedScreen: sharedScreenSlice.reducer,
      beside: besideSlice.reducer,
    },
    ...(preferences === undefined ? {} : { preloadedState: { preferences } }),
    middleware: (standard) =>
      // Plans of thousands of records are replaced whole, never changed in place: the checks of the
      // development build would walk them at every key.
      standard({
        thunk: { extraArgument: extra },
        immutableCheck: false,
        serializableCheck: false,
      }).concat(contractApi.middleware, autosave(), watchSteps()),
  });
};

export type AppStore = ReturnType<typeof makeStore>;
export type AppState = ReturnType<AppStore['getState']>;
export type AppDispatch = AppStore['dispatch'];

export const useAppDispatch = useDispatch.withTypes<AppDispatch>();
export const useAppSelector = useSelector.withTypes<AppState>();
