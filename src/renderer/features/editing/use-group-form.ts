import { useCallback, useMemo } from 'react';
import type { Problem } from '#shared/contract/calls.ts';
import type { RecordView, VersionView } from '#shared/contract/views.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { dropEdit, writeEdit } from '#renderer/store/editing/autosave.ts';
import {
  editKey,
  typed,
  type EditedGroup,
  type EditTarget,
} from '#renderer/store/editing/editing-slice.ts';
import { useDiscardDraftMutation } from '#renderer/store/calls/records-api.ts';
import { shownValue } from '#renderer/store/reading.ts';
import { useAppDispatch, useAppSelector } from '#renderer/store/store.ts';
import { emptyValue } from './field-specs.ts';

/** One group of one record as a form holds it. */
export type GroupForm = {
  readonly target: EditTarget;
  readonly value: JsonObject;
  readonly set: (part: JsonObject) => void;
  /** The writer leaves the group, or says that it is done: what was typed becomes a change. */
  readonly write: () => void;
  /** Says that what the group shows is right as it stands: for a text joined from two. */
  readonly confirm: () => void;
  /** Back to what the group says. */
  readonly discard: () => void;
  readonly state: 'untouched' | 'unfinished' | EditedGroup['state'];
  /** When the draft was stored here, milliseconds since 1970. */
  readonly keptAt: number | null;
  readonly fieldProblem: (field: string) => string | undefined;
  readonly problem: Problem | null;
  /** Versions that came after the writing began. */
  readonly news: readonly VersionView[];
};

type Options = {
  /** For a record that nobody has written yet. */
  readonly startValue?: JsonObject;
  /** False for what waits to be asked: a note, a joint version. */
  readonly writesItself?: boolean;
};

const noHeads: readonly VersionView[] = [];

/** Whose text is in the field: what is being typed, else an unfinished draft, else what the group says. */
export const useGroupForm = (
  target: EditTarget,
  record: RecordView | undefined,
  { startValue, writesItself = true }: Options = {},
): GroupForm => {
  const dispatch = useAppDispatch();
  const [discardDraft] = useDiscardDraftMutation();
  const key = editKey(target);
  const edited = useAppSelector((state) => state.editing[key]);
  const { caseId, recordId, kind, group } = target;
  const view = record && Object.hasOwn(record.groups, group) ? record.groups[group] : undefined;
  const draft = record && Object.hasOwn(record.drafts, group) ? record.drafts[group] : undefined;
  const said = view === undefined ? undefined : shownValue(view);
  const heads = view?.heads ?? noHeads;

  const empty = useMemo(() => startValue ?? emptyValue(kind, group), [startValue, kind, group]);
  const value = edited?.value ?? draft?.value ?? said ?? empty;
  const basedOn = useMemo(
    () => (edited ? edited.basedOn : (draft?.basedOn ?? heads.map((head) => head.changeId))),
    [edited, draft, heads],
  );

  const begin = useCallback(
    (next: JsonObject): void => {
      dispatch(
        typed({
          ...target,
          value: next,
          basedOn,
          startedFrom: said ?? null,
          writesItself,
        }),
      );
    },
    [dispatch, target, basedOn, said, writesItself],
  );

  const set = useCallback((part: JsonObject): void => begin({ ...value, ...part }), [begin, value]);

  const write = useCallback((): void => {
    if (edited === undefined && draft !== undefined) begin(value);
    if (edited !== undefined || draft !== undefined) void dispatch(writeEdit(key));
  }, [dispatch, begin, edited, draft, value, key]);

  const confirm = useCallback((): void => {
    begin(value);
    void dispatch(writeEdit(key));
  }, [dispatch, begin, value, key]);

  const discard = useCallback((): void => {
    if (edited !== undefined) void dispatch(dropEdit(key));
    else if (draft !== undefined) void discardDraft({ caseId, recordId, group });
  }, [dispatch, discardDraft, edited, draft, key, caseId, recordId, group]);

  const known = edited?.known ?? draft?.basedOn;
  return {
    target,
    value,
    set,
    write,
    confirm,
    discard,
    state: edited?.state ?? (draft === undefined ? 'untouched' : 'unfinished'),
    keptAt: edited?.keptAt ?? draft?.savedAt ?? null,
    fieldProblem: (field) => edited?.fields[field],
    problem: edited?.problem ?? null,
    news: known === undefined ? noHeads : heads.filter((head) => !known.includes(head.changeId)),
  };
};
