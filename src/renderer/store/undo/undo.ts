import type { Middleware, ThunkAction, UnknownAction } from '@reduxjs/toolkit';
import type { ClientView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import { clientsApi } from '../calls/clients-api.ts';
import { recordsApi } from '../calls/records-api.ts';
import { dropped, editKey, type EditingState } from '../editing/editing-slice.ts';
import { sessionChanged, type SessionSlice } from '../session.ts';
import { stepOfRemoval, stepOfWriting, undoingOf, type UndoStep } from './steps.ts';
import { allForgotten, stepTaken, stepUndone, type UndoState } from './undo-slice.ts';

const { openClient } = clientsApi.endpoints;
const { removeRecord, restoreRecord, writeRecords } = recordsApi.endpoints;

type StateWithUndo = Parameters<ReturnType<typeof openClient.select>>[0] & {
  readonly undo: UndoState;
  readonly editing: EditingState;
  readonly session: SessionSlice;
};
export type UndoThunk = ThunkAction<Promise<void>, StateWithUndo, unknown, UnknownAction>;

/** Writings that take something back are no steps of their own. */
const ofUndo = 'undo';

const viewOf = (state: StateWithUndo, caseId: Id): ClientView | undefined =>
  openClient.select({ caseId, from: 'list' })(state).data;

/** Watches what this person writes and removes, whatever form it comes from. */
export const watchSteps = (): Middleware<object, StateWithUndo> => (store) => {
  const before = new Map<string, ClientView>();
  return (next) => (action) => {
    if (writeRecords.matchPending(action)) {
      const { requestId, arg } = action.meta;
      const view = viewOf(store.getState(), arg.originalArgs.caseId);
      if (view !== undefined && arg.fixedCacheKey !== ofUndo) before.set(requestId, view);
    }
    const result = next(action);
    if (writeRecords.matchFulfilled(action)) {
      const { requestId, arg } = action.meta;
      const view = before.get(requestId);
      before.delete(requestId);
      const step =
        view === undefined ? null : stepOfWriting(view, arg.originalArgs, action.payload);
      if (step !== null) store.dispatch(stepTaken(step));
    } else if (writeRecords.matchRejected(action)) {
      before.delete(action.meta.requestId);
    } else if (removeRecord.matchFulfilled(action) && action.meta.arg.fixedCacheKey !== ofUndo) {
      store.dispatch(stepTaken(stepOfRemoval(action.meta.arg.originalArgs)));
    } else if (sessionChanged.match(action) && action.payload.state !== 'open') {
      store.dispatch(allForgotten());
    }
    return result;
  };
};

/**
 * Takes this person's last act in a client back, by new versions: nothing disappears from history. Where somebody else
 * has written since, nothing is taken back, and that is told.
 */
export const undoLast =
  (caseId: Id, reason: string): UndoThunk =>
  async (dispatch, getState) => {
    const step = getState().undo.steps.findLast((each) => each.caseId === caseId);
    const ownId = getState().session.session?.person?.id;
    if (step === undefined || ownId === undefined) return;
    const view = viewOf(getState(), caseId);
    if (view === undefined) return;
    const undoing = undoingOf(step, view, ownId);
    if (undoing.is !== 'possible') {
      dispatch(stepUndone({ step, how: undoing.is }));
      return;
    }
    const { edits, remove, restore } = undoing;
    const how = { track: false, fixedCacheKey: ofUndo };
    const done = [
      ...(edits.length > 0
        ? [await dispatch(writeRecords.initiate({ caseId, edits: [...edits] }, how))]
        : []),
      ...(restore === null
        ? []
        : [await dispatch(restoreRecord.initiate({ caseId, recordId: restore }, how))]),
    ];
    for (const recordId of remove) {
      done.push(await dispatch(removeRecord.initiate({ caseId, recordId, reason }, how)));
    }
    for (const key of stillHeld(step, getState().editing)) dispatch(dropped(key));
    const isDone = done.every(({ error }) => error === undefined);
    dispatch(stepUndone({ step, how: isDone ? 'undone' : 'refused' }));
  };

/** Forms that still hold what has been taken back. */
const stillHeld = ({ overwritten }: UndoStep, editing: EditingState): readonly string[] =>
  overwritten.map(editKey).filter((key) => editing[key]?.state === 'written');
