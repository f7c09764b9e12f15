import type { ThunkAction, UnknownAction } from '@reduxjs/toolkit';
import type { CallInput, CallOutput, Problem } from '#shared/contract/calls.ts';
import type { Result } from '#shared/lib/result.ts';
import type { StoreExtra } from './contract-api.ts';
import { keepAllDrafts, type StateWithEditing } from './editing/autosave.ts';
import { sessionChanged } from './session.ts';
import { forgetEverything } from './session-actions.ts';

type ProviderThunk<T> = ThunkAction<Promise<T>, StateWithEditing, StoreExtra, UnknownAction>;

type ProviderCall =
  | 'session.ways'
  | 'session.beginProvider'
  | 'session.providerState'
  | 'session.cancelProvider';

/** Asks the core about a sign-in by the region's identity provider; nobody is at the desk yet. */
export const askAboutProvider =
  <N extends ProviderCall>(
    name: N,
    input: CallInput<N>,
  ): ProviderThunk<Result<CallOutput<N>, Problem>> =>
  (_dispatch, _getState, { client }) =>
    client.call(name, input);

/** Opens or makes the case file of whom the provider vouches for. Null when it went well, else why not. */
export const completeProvider =
  (input: CallInput<'session.completeProvider'>): ProviderThunk<Problem | null> =>
  async (dispatch, _getState, { client }) => {
    const result = await client.call('session.completeProvider', input);
    if (!result.ok) return result.error;
    dispatch(sessionChanged(result.value));
    return null;
  };

/** Stores what is unfinished, then ends the session here, at the region and at the identity provider. */
export const signOut =
  (): ProviderThunk<Problem | null> =>
  async (dispatch, _getState, { client }) => {
    await dispatch(keepAllDrafts());
    const result = await client.call('session.signOut', {});
    if (!result.ok) return result.error;
    forgetEverything(dispatch);
    dispatch(sessionChanged(result.value));
    return null;
  };
