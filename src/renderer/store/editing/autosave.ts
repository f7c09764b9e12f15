import { isAction, type Middleware, type ThunkAction, type UnknownAction } from '@reduxjs/toolkit';
import { sameJson, type JsonObject } from '#shared/lib/canonical-json.ts';
import { clientsApi } from '../calls/clients-api.ts';
import { recordsApi } from '../calls/records-api.ts';
import { problemOf } from '../problem.ts';
import { beforeBirth, birthDateOfOpen } from './before-birth.ts';
import {
  dropped,
  editKey,
  failed,
  forgotten,
  kept,
  typed,
  writing,
  written,
  type EditedGroup,
  type EditingState,
} from './editing-slice.ts';
import { normalised, valueProblems } from './value-problems.ts';

/** What of the window's state the writing needs. */
export type StateWithEditing = { readonly editing: EditingState } & Parameters<
  typeof birthDateOfOpen
>[0];
export type EditingThunk = ThunkAction<Promise<void>, StateWithEditing, unknown, UnknownAction>;

/** Milliseconds without typing after which the draft is stored, and after which it becomes a change. */
export const keepAfterMs = 400;
export const writeAfterMs = 10_000;

const copyOf = (value: JsonObject) =>
  ({ ...value }) as Parameters<typeof recordsApi.endpoints.saveDraft.initiate>[0]['value'];

/** Stores what is being typed on this computer: a crash costs nothing. It is no change yet. */
export const keepDraft =
  (key: string): EditingThunk =>
  async (dispatch, getState) => {
    const edited = getState().editing[key];
    if (!edited || edited.state === 'written' || edited.state === 'writing') return;
    const { caseId, recordId, kind, compartment, group, value, basedOn } = edited;
    const result = await dispatch(
      recordsApi.endpoints.saveDraft.initiate(
        { caseId, recordId, kind, compartment, group, value: copyOf(value), basedOn: [...basedOn] },
        { track: false },
      ),
    );
    if (result.error === undefined) dispatch(kept({ key, value, savedAt: result.data.savedAt }));
    else dispatch(failed({ key, problem: problemOf(result.error), fields: {} }));
  };

/**
 * Takes an edit back to what the group says; the draft goes too. The text leaves the screen only when the
 * core has let go of the draft, or it would come back for a moment.
 */
export const dropEdit =
  (key: string): EditingThunk =>
  async (dispatch, getState) => {
    const edited = getState().editing[key];
    if (!edited) return;
    if (edited.keptAt !== null) {
      const { caseId, recordId, group } = edited;
      await dispatch(
        recordsApi.endpoints.discardDraft.initiate({ caseId, recordId, group }, { track: false }),
      );
      await dispatch(
        clientsApi.endpoints.openClient.initiate(
          { caseId, from: 'list' },
          { subscribe: false, forceRefetch: true },
        ),
      );
    }
    if (getState().editing[key] === edited) dispatch(dropped(key));
  };

const changesNothing = (edited: EditedGroup): boolean =>
  edited.startedFrom !== null &&
  sameJson(normalised(edited.value), edited.startedFrom) &&
  edited.basedOn.length < 2;

/**
 * Makes a change of what was typed, based on the heads that the writer was looking at. A value that does
 * not fit stays a draft, with what is wrong said at the field.
 */
export const writeEdit =
  (key: string): EditingThunk =>
  async (dispatch, getState) => {
    const edited = getState().editing[key];
    if (!edited || edited.state === 'writing' || edited.state === 'written') return;
    if (changesNothing(edited)) {
      await dispatch(dropEdit(key));
      return;
    }
    const { caseId, recordId, kind, compartment, group, value, basedOn } = edited;
    const tidy = normalised(value);
    const birthDate = birthDateOfOpen(getState(), caseId);
    const fields = { ...valueProblems(kind, group, tidy), ...beforeBirth(kind, tidy, birthDate) };
    if (Object.keys(fields).length > 0) {
      if (edited.state === 'typing') await dispatch(keepDraft(key));
      dispatch(failed({ key, problem: null, fields }));
      return;
    }
    dispatch(writing(key));
    const result = await dispatch(
      recordsApi.endpoints.writeRecords.initiate(
        {
          caseId,
          edits: [
            {
              recordId,
              kind,
              compartment,
              group,
              value: copyOf(normalised(value)),
              basedOn: [...basedOn],
            },
          ],
        },
        { track: false },
      ),
    );
    if (result.error !== undefined) {
      dispatch(failed({ key, problem: problemOf(result.error), fields: {} }));
      await dispatch(keepAnyway(key));
      return;
    }
    const { changes, savedAt } = result.data;
    const change = changes.find((each) => each.recordId === recordId && each.group === group);
    dispatch(written({ key, value, changeId: change?.changeId ?? null, savedAt }));
    const after = getState().editing[key];
    if (after?.state === 'typing') await dispatch(keepDraft(key));
  };

/** A refused writing keeps its problem in sight while the text is stored as a draft. */
const keepAnyway =
  (key: string): EditingThunk =>
  async (dispatch, getState) => {
    const edited = getState().editing[key];
    if (!edited) return;
    const { caseId, recordId, kind, compartment, group, value, basedOn } = edited;
    const result = await dispatch(
      recordsApi.endpoints.saveDraft.initiate(
        { caseId, recordId, kind, compartment, group, value: copyOf(value), basedOn: [...basedOn] },
        { track: false },
      ),
    );
    if (result.error === undefined) dispatch(kept({ key, value, savedAt: result.data.savedAt }));
  };

/** Stores every unfinished text now: before locking, and when the window goes away. */
export const keepAllDrafts = (): EditingThunk => async (dispatch, getState) => {
  const unkept = Object.entries(getState().editing).filter(
    ([, edited]) => edited.state === 'typing' || edited.state === 'problem',
  );
  await Promise.all(unkept.map(([key]) => dispatch(keepAnyway(key))));
};

type Timers = {
  readonly keep: ReturnType<typeof setTimeout>;
  readonly write: ReturnType<typeof setTimeout>;
};

/** Watches the typing and keeps and writes in time, whatever form it comes from. */
export const autosave = (): Middleware<object, StateWithEditing> => (store) => {
  const timers = new Map<string, Timers>();
  const run = (thunk: EditingThunk): void => {
    (store.dispatch as (thunk: EditingThunk) => unknown)(thunk);
  };
  const stop = (key: string): void => {
    const running = timers.get(key);
    if (!running) return;
    clearTimeout(running.keep);
    clearTimeout(running.write);
    timers.delete(key);
  };
  return (next) => (action) => {
    const result = next(action);
    if (!isAction(action)) return result;
    if (typed.match(action)) {
      const key = editKey(action.payload);
      stop(key);
      timers.set(key, {
        keep: setTimeout(() => run(keepDraft(key)), keepAfterMs),
        write: setTimeout(() => {
          timers.delete(key);
          if (store.getState().editing[key]?.writesItself === true) run(writeEdit(key));
        }, writeAfterMs),
      });
    } else if (writing.match(action) || dropped.match(action)) {
      stop(action.payload);
    } else if (forgotten.match(action)) {
      for (const key of timers.keys()) stop(key);
    }
    return result;
  };
};
