import type { ClientView, RecordView } from '#shared/contract/views.ts';
import type { Compartment } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { recordKinds } from '#shared/domain/records/kinds.ts';
import type { VisitReport, VisitTask } from '#shared/domain/visits/report.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { wallClockOf } from '#renderer/components/format.ts';
import { makeId } from '#renderer/store/make-id.ts';
import type { Visit } from '../plan-model/index.ts';

/** A visit that is going on: its id is made when the page is opened, so that the draft is found again. */
export type OpenVisit = {
  readonly recordId: Id;
  readonly compartment: Compartment;
  /** What it begins from. */
  readonly report: VisitReport;
};

const nothingYet = (startedAt: string): VisitReport => ({
  startedAt,
  minutes: null,
  tasks: [],
  goals: [],
  medication: '',
  observation: '',
  corrects: null,
});

export const freshVisit = (compartment: Compartment): OpenVisit => ({
  recordId: makeId(),
  compartment,
  report: nothingYet(wallClockOf(Date.now())),
});

/** A correction begins from what the corrected visit told, and lies where it does. */
export const correctionOf = ({ record, report }: Visit): OpenVisit => ({
  recordId: makeId(),
  compartment: record.compartment,
  report: { ...report, corrects: record.id },
});

/** A visit left in the middle: a draft of a record that nobody has written. */
export const unfinishedVisit = (view: ClientView): RecordView | undefined =>
  view.records.find(
    (record) =>
      record.kind === 'visit' &&
      Object.keys(record.groups).length === 0 &&
      record.drafts['report'] !== undefined,
  );

export const reopened = (record: RecordView): OpenVisit => ({
  recordId: record.id,
  compartment: record.compartment,
  report: nothingYet(wallClockOf(record.drafts['report']?.savedAt ?? Date.now())),
});

const { shape } = recordKinds.visit.groups.report.schema;

const isEntry = (entry: unknown): entry is JsonObject =>
  typeof entry === 'object' && entry !== null && !Array.isArray(entry);

/** The tasks told so far; one left undone may still lack its reason. */
export const tasksIn = (value: JsonObject): readonly VisitTask[] => {
  const entries = Array.isArray(value['tasks']) ? value['tasks'].filter(isEntry) : [];
  return entries.flatMap(({ actionId, result, reason }) =>
    typeof actionId === 'string' && (result === 'done' || result === 'not-done')
      ? [{ actionId, result, reason: typeof reason === 'string' ? reason : '' }]
      : [],
  );
};

export const goalsIn = (value: JsonObject): VisitReport['goals'] =>
  shape.goals.safeParse(value['goals']).data ?? [];

export const textIn = (value: JsonObject, field: string): string => {
  const found = value[field];
  return typeof found === 'string' ? found : '';
};

/** The list with one entry put in the place of the one about the same thing; null takes it out. */
export const withEntry = <K extends string, E extends { readonly [key in K]: string }>(
  entries: readonly E[],
  key: K,
  about: string,
  entry: E | null,
): E[] => {
  if (entry === null) return entries.filter((each) => each[key] !== about);
  return entries.some((each) => each[key] === about)
    ? entries.map((each) => (each[key] === about ? entry : each))
    : [...entries, entry];
};

/** A length typed in minutes: null for none, undefined for what is no length of a visit. */
export const minutesOf = (typed: string): number | null | undefined => {
  if (typed.trim() === '') return null;
  const read = shape.minutes.safeParse(
    /^\d{1,4}$/u.test(typed.trim()) ? Number(typed) : Number.NaN,
  );
  return read.success ? read.data : undefined;
};
