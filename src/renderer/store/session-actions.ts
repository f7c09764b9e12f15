import type { ThunkAction, UnknownAction } from '@reduxjs/toolkit';
import type { CallInput, CallOutput, Problem } from '#shared/contract/calls.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Result } from '#shared/lib/result.ts';
import { contractApi, type StoreExtra } from './contract-api.ts';
import { keepAllDrafts, type StateWithEditing } from './editing/autosave.ts';
import { forgotten } from './editing/editing-slice.ts';
import { hereForgotten } from './present.ts';
import { connectionChanged, sessionChanged, sessionUnknown } from './session.ts';

type SessionThunk<T> = ThunkAction<Promise<T>, StateWithEditing, StoreExtra, UnknownAction>;

/** Locking clears the screen: nothing about clients stays in this process. */
export const forgetEverything = (dispatch: (action: UnknownAction) => unknown): void => {
  dispatch(forgotten());
  dispatch(hereForgotten());
  dispatch(contractApi.util.resetApiState());
};

const noteConnection = (
  dispatch: (action: UnknownAction) => unknown,
  problem: Problem | null,
): void => {
  dispatch(connectionChanged(problem?.code !== 'connection-lost'));
};

/** Asks who works here. */
export const readSession =
  (): SessionThunk<void> =>
  async (dispatch, _getState, { client }) => {
    const result = await client.call('session.state', {});
    noteConnection(dispatch, result.ok ? null : result.error);
    dispatch(result.ok ? sessionChanged(result.value) : sessionUnknown(result.error));
  };

/** Opens with the region's account. Null when it went well, else why it did not. */
export const signIn =
  (input: CallInput<'session.signIn'>): SessionThunk<Problem | null> =>
  async (dispatch, _getState, { client }) => {
    const result = await client.call('session.signIn', input);
    noteConnection(dispatch, result.ok ? null : result.error);
    if (!result.ok) return result.error;
    dispatch(sessionChanged(result.value));
    return null;
  };

/** Opens a case file of this computer. */
export const unlock =
  (input: CallInput<'session.unlock'>): SessionThunk<Problem | null> =>
  async (dispatch, _getState, { client }) => {
    const result = await client.call('session.unlock', input);
    noteConnection(dispatch, result.ok ? null : result.error);
    if (!result.ok) return result.error;
    dispatch(sessionChanged(result.value));
    return null;
  };

/** Stores what is unfinished, then locks. A core that cannot be reached still clears the screen. */
export const lock =
  (): SessionThunk<void> =>
  async (dispatch, _getState, { client }) => {
    await dispatch(keepAllDrafts());
    const result = await client.call('session.lock', {});
    noteConnection(dispatch, result.ok ? null : result.error);
    if (!result.ok) return;
    forgetEverything(dispatch);
    dispatch(sessionChanged(result.value));
  };

export const setAside =
  (personId: Id): SessionThunk<Result<CallOutput<'session.setAside'>, Problem>> =>
  async (dispatch, _getState, { client }) => {
    const result = await client.call('session.setAside', { personId });
    noteConnection(dispatch, result.ok ? null : result.error);
    if (result.ok) await dispatch(readSession());
    return result;
  };
