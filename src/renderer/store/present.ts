import {
  createSlice,
  type PayloadAction,
  type ThunkAction,
  type UnknownAction,
} from '@reduxjs/toolkit';
import type { CallInput } from '#shared/contract/calls.ts';
import type { EventBody } from '#shared/contract/events.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { PresentPerson } from '#shared/protocol/live.ts';
import type { StoreExtra } from './contract-api.ts';
import { connectionChanged } from './session.ts';

/** Who else has which plan open now, as the core last told. */
export type PresentState = { readonly [caseId: Id]: readonly PresentPerson[] };

const nobody: PresentState = {};

export const presentSlice = createSlice({
  name: 'present',
  initialState: nobody,
  reducers: {
    hereChanged: (state, { payload }: PayloadAction<EventBody<'here.changed'>>): PresentState => {
      const { [payload.caseId]: _, ...rest } = state;
      return payload.people.length === 0 ? rest : { ...rest, [payload.caseId]: payload.people };
    },
    hereForgotten: () => nobody,
  },
  extraReducers: (builder) => {
    // Without the core nobody tells when they leave.
    builder.addCase(connectionChanged, (state, { payload }) => (payload ? state : nobody));
  },
});

export const { hereChanged, hereForgotten } = presentSlice.actions;

/** Says what is open in this window. Nothing rests on it, so nobody hears when it cannot be said. */
export const sayHere =
  (saying: CallInput<'here.say'>): ThunkAction<Promise<void>, unknown, StoreExtra, UnknownAction> =>
  async (_dispatch, _getState, { client }) => {
    await client.call('here.say', saying);
  };
