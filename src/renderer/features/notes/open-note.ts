import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { wallClockOf } from '#renderer/components/format.ts';
import { makeId } from '#renderer/store/make-id.ts';
import type { NoteEntry } from '../plan-model/index.ts';

/** A note that is being written: its id is made when the writing begins, so that the draft is found again. */
export type OpenNote = {
  readonly recordId: Id;
  readonly compartment: string;
  readonly corrects: Id | null;
  /** What it begins from: the corrected note's text. */
  readonly text: string;
  readonly kind: string;
  /** `YYYY-MM-DDTHH:MM` of the wall clock in Finland. */
  readonly happenedAt: string;
};

/** A new note about now, for the joint plan until somebody chooses otherwise. */
export const freshNote = (): OpenNote => ({
  recordId: makeId(),
  compartment: jointPlan,
  corrects: null,
  text: '',
  kind: 'contact',
  happenedAt: wallClockOf(Date.now()),
});

/** A note left in the middle: a draft of a record that nobody has written. */
export const unfinishedNote = (view: ClientView): RecordView | undefined =>
  view.records.find(
    (record) =>
      record.kind === 'note' &&
      Object.keys(record.groups).length === 0 &&
      record.drafts['entry'] !== undefined,
  );

/** The draft as it was left. */
export const reopened = (record: RecordView): OpenNote => {
  const value = record.drafts['entry']?.value ?? {};
  const text = (field: string): string => {
    const found = value[field];
    return typeof found === 'string' ? found : '';
  };
  return {
    recordId: record.id,
    compartment: record.compartment,
    corrects: text('corrects') || null,
    text: text('text'),
    kind: text('kind') || 'contact',
    happenedAt: text('happenedAt') || wallClockOf(Date.now()),
  };
};

/** A correction: begins from the corrected note's text, kind and moment. */
export const correctionOf = ({ record, entry }: NoteEntry): OpenNote => ({
  recordId: makeId(),
  compartment: record.compartment,
  corrects: record.id,
  text: entry.text,
  kind: entry.kind,
  happenedAt: entry.happenedAt,
});
