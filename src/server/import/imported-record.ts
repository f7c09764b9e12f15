import type { Id } from '#shared/domain/ids.ts';
import type { Person } from '#shared/domain/directory.ts';
import {
  groupDefinition,
  type GroupName,
  type GroupValue,
  type RecordKind,
} from '#shared/domain/records/kinds.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import {
  quoted,
  type ImportProblem,
  type ImportWarning,
  type Place,
  type WarningKind,
} from './problem.ts';
import { dayOf } from './fhir-values.ts';
import { placeOf } from './gather-clients.ts';
import { importedRecordId, type SourceKey } from './source-key.ts';
import type { Corpus, Found } from './corpus.ts';
import type { ReadType, Reference } from './resources.ts';
import type { SourceResource } from './source-resource.ts';
import type { Ground } from './words.ts';

/** A record as the source has it now: the whole value of each of its groups. */
export type ImportedRecord = {
  readonly kind: RecordKind;
  readonly id: Id;
  /** The resource it comes from. */
  readonly place: Place;
  readonly groups: { readonly [group: string]: JsonObject };
  /**
   * Written when the record is new and never again: what the source does not know, and what people
   * here decide from then on.
   */
  readonly once: { readonly [group: string]: JsonObject };
  /** Names the list in which it gets its place when it is new; null for what stands in none. */
  readonly list: string | null;
  /** Brought up to date when an earlier import made it, and not taken in as new. */
  readonly onlyIfKnown: boolean;
};

type Values<K extends RecordKind> = { readonly [G in GroupName<K>]?: GroupValue<K, G> };

/** What the mapping of one client writes down as it goes. */
export type ClientMapping = {
  readonly caseId: Id;
  readonly corpus: Corpus;
  readonly records: ImportedRecord[];
  readonly warnings: ImportWarning[];
  /** People of the source who are named in something of this client, by id. */
  readonly people: Map<Id, Person>;
  readonly ties: Tie[];
};

/** Why and when someone of the source had to do with the client. */
export type Tie = {
  readonly personId: Id;
  readonly ground: Ground;
  readonly place: Place;
  /** As the source writes dates; absent where it does not say. */
  readonly start: string | undefined;
  /** Null while it goes on. */
  readonly end: string | undefined | null;
};

type RecordOptions<K extends RecordKind> = {
  readonly place: Place;
  readonly once?: Values<K>;
  readonly list?: string;
  readonly onlyIfKnown?: boolean;
  /** For the two records whose id is not of the source: the client's and the plan's. */
  readonly id?: Id;
};

/** Adds a record and answers its id. */
export const addRecord = <K extends RecordKind>(
  mapping: ClientMapping,
  kind: K,
  key: SourceKey,
  groups: Values<K>,
  options: RecordOptions<K>,
): Id => {
  const id = options.id ?? importedRecordId(mapping.caseId, kind, key);
  mapping.records.push({
    kind,
    id,
    place: placeOf(options.place),
    groups: groups as ImportedRecord['groups'],
    once: (options.once ?? {}) as ImportedRecord['once'],
    list: options.list ?? null,
    onlyIfKnown: options.onlyIfKnown ?? false,
  });
  return id;
};

export const warn = (
  mapping: ClientMapping,
  place: Place,
  kind: WarningKind,
  detail: string,
): void => {
  mapping.warnings.push({ ...placeOf(place), kind, detail });
};

/** As the corpus resolves; what is named but not there is told. */
export const resolveOrWarn = <T extends ReadType>(
  mapping: ClientMapping,
  from: SourceResource,
  reference: Reference,
  ...types: readonly T[]
): Found<T> | null => {
  const found = mapping.corpus.resolve(from, reference, ...types);
  if (!found && (reference.reference !== undefined || reference.identifier !== undefined)) {
    warn(mapping, from, 'reference-missing', reference.reference ?? 'by identifier');
  }
  return found;
};

export type RecordMisfit = { readonly record: ImportedRecord; readonly problem: ImportProblem };

const misfitWords: { readonly [message: string]: string } = {
  'text-too-long': 'is longer than a plan can hold',
  'text-not-storable': 'has NUL or half a character in it',
};

/** The records whose values no group can hold, each with the resource to name. */
export const recordMisfits = (records: readonly ImportedRecord[]): readonly RecordMisfit[] =>
  records.flatMap((record) => {
    for (const [group, value] of [
      ...Object.entries(record.groups),
      ...Object.entries(record.once),
    ]) {
      const checked = groupDefinition(record.kind, group)?.schema.safeParse(value);
      if (checked?.success === true) continue;
      const issue = checked?.error.issues[0];
      const reason = misfitWords[issue?.message ?? ''] ?? issue?.message ?? 'unknown group';
      return [
        {
          record,
          problem: {
            ...record.place,
            path: '',
            code: 'text' as const,
            reason: `${record.kind} ${group}${issue ? `.${issue.path.join('.')}` : ''} ${reason}`,
          },
        },
      ];
    }
    return [];
  });

/** A day for the plan, with a warning when the source's date is partial or out of range. */
export const plannedDay = (
  mapping: ClientMapping,
  place: Place,
  date: string | undefined,
  edge: 'first' | 'last',
): string | null => {
  if (date === undefined) return null;
  const { day, exact } = dayOf(date, edge);
  if (day === null) warn(mapping, place, 'date-out-of-range', quoted(date));
  else if (!exact) warn(mapping, place, 'date-partial', quoted(date));
  return day;
};
