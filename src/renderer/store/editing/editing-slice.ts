import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { Problem } from '#shared/contract/calls.ts';
import type { ClientView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import { sameJson, type JsonObject } from '#shared/lib/canonical-json.ts';
import { clientsApi } from '../calls/clients-api.ts';
import type { FieldProblems } from './value-problems.ts';

/** Which group of which record is written to. */
export type EditTarget = {
  readonly caseId: Id;
  readonly recordId: Id;
  readonly kind: string;
  readonly compartment: string;
  readonly group: string;
};

/**
 * One group that somebody is writing. It lives here and not in the form, so that no closed panel, changed
 * page or failed screen takes a word along.
 */
export type EditedGroup = EditTarget & {
  readonly value: JsonObject;
  /** The heads that the writer was looking at when the writing began (SPEC D5). */
  readonly basedOn: readonly Id[];
  /** Every version the writer has had a chance to see: any other head is news. */
  readonly known: readonly Id[];
  /** What the group said then; null when nobody had written it. */
  readonly startedFrom: JsonObject | null;
  /** Whether it is written by itself on leaving; a note and a joint version wait to be asked. */
  readonly writesItself: boolean;
  readonly state: 'typing' | 'kept' | 'writing' | 'written' | 'problem';
  /** When the draft was last stored on this computer, milliseconds since 1970. */
  readonly keptAt: number | null;
  readonly writtenAs: Id | null;
  readonly fields: FieldProblems;
  readonly problem: Problem | null;
};

export type EditingState = { readonly [key: string]: EditedGroup };

export const editKey = ({ recordId, group }: Pick<EditTarget, 'recordId' | 'group'>): string =>
  `${recordId}/${group}`;

type Typed = EditTarget & Pick<EditedGroup, 'value' | 'basedOn' | 'startedFrom' | 'writesItself'>;

const initialState: EditingState = {};

const change = (
  state: EditingState,
  key: string,
  how: (edited: EditedGroup) => EditedGroup | null,
): EditingState => {
  const edited = state[key];
  if (!edited) return state;
  const next = how(edited);
  if (next) return { ...state, [key]: next };
  const { [key]: _, ...rest } = state;
  return rest;
};

export const editingSlice = createSlice({
  name: 'editing',
  initialState,
  reducers: {
    /** A key was pressed or a choice made. What the writing is based on is set by the first one. */
    typed: (state, { payload }: PayloadAction<Typed>): EditingState => {
      const before = state[editKey(payload)];
      const goesOn = before && before.state !== 'written';
      return {
        ...state,
        [editKey(payload)]: {
          ...payload,
          basedOn: goesOn ? before.basedOn : basisAfter(before, payload.basedOn),
          startedFrom: goesOn ? before.startedFrom : payload.startedFrom,
          known: goesOn ? before.known : [...(before?.known ?? []), ...payload.basedOn],
          state: before?.state === 'writing' ? 'writing' : 'typing',
          keptAt: before?.keptAt ?? null,
          writtenAs: null,
          fields: {},
          problem: null,
        },
      };
    },
    kept: (
      state,
      { payload }: PayloadAction<{ key: string; value: JsonObject; savedAt: number }>,
    ) =>
      change(state, payload.key, (edited) => ({
        ...edited,
        keptAt: payload.savedAt,
        state:
          edited.state === 'typing' && sameJson(edited.value, payload.value)
            ? 'kept'
            : edited.state,
      })),
    writing: (state, { payload: key }: PayloadAction<string>) =>
      change(state, key, (edited) => ({ ...edited, state: 'writing', fields: {}, problem: null })),
    written: (
      state,
      {
        payload,
      }: PayloadAction<{ key: string; value: JsonObject; changeId: Id | null; savedAt: number }>,
    ) =>
      change(state, payload.key, (edited) => {
        const own = payload.changeId === null ? [] : [payload.changeId];
        const known = [...edited.known, ...own];
        if (!sameJson(edited.value, payload.value)) {
          // Somebody typed on while the writing lasted: the rest continues from what was written.
          const basedOn = own.length === 0 ? edited.basedOn : own;
          return { ...edited, state: 'typing', basedOn, known, startedFrom: payload.value };
        }
        if (payload.changeId === null) return null;
        return {
          ...edited,
          known,
          state: 'written',
          keptAt: payload.savedAt,
          writtenAs: payload.changeId,
        };
      }),
    /** It could not be kept or written; the text stays in the field. */
    failed: (
      state,
      { payload }: PayloadAction<{ key: string; problem: Problem | null; fields: FieldProblems }>,
    ) =>
      change(state, payload.key, (edited) => ({
        ...edited,
        state: 'problem',
        problem: payload.problem,
        fields: payload.fields,
      })),
    dropped: (state, { payload: key }: PayloadAction<string>) => change(state, key, () => null),
    forgotten: () => initialState,
  },
  extraReducers: (builder) => {
    builder.addMatcher(clientsApi.endpoints.openClient.matchFulfilled, (state, { payload }) =>
      withoutSeen(state, payload),
    );
  },
});

const basisAfter = (before: EditedGroup | undefined, basedOn: readonly Id[]): readonly Id[] =>
  before?.writtenAs ? [before.writtenAs] : basedOn;

/** A written group is let go when the core's own picture has moved on from what it was based on. */
const withoutSeen = (state: EditingState, view: ClientView): EditingState => {
  const seen = Object.entries(state).filter(([, edited]) => {
    if (edited.caseId !== view.caseId || edited.state !== 'written') return false;
    const record = view.records.find((each) => each.id === edited.recordId);
    const heads = record?.groups[edited.group]?.heads.map((head) => head.changeId) ?? [];
    return !sameIds(heads, edited.basedOn);
  });
  if (seen.length === 0) return state;
  const gone = new Set(seen.map(([key]) => key));
  return Object.fromEntries(Object.entries(state).filter(([key]) => !gone.has(key)));
};

export const sameIds = (a: readonly Id[], b: readonly Id[]): boolean =>
  a.length === b.length && a.every((id) => b.includes(id));

export const { typed, kept, writing, written, failed, dropped, forgotten } = editingSlice.actions;
