import type { Change, HybridTime } from '#shared/domain/change.ts';
import { jointPlan, type Compartment } from '#shared/domain/codes.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import type { GroupName, GroupValue, RecordKind } from '#shared/domain/records/kinds.ts';
import { tick } from '#shared/sync/hybrid-time.ts';
import { schemaToWrite } from '#shared/sync/versions.ts';
import { momentMs, workingDay, type DayNumber } from './days.ts';
import type { StaffMember } from './directory.ts';
import type { ClientDraft, WithHistory } from './draft.ts';
import type { Random } from './random.ts';

export type RecordOf<K extends RecordKind> = {
  readonly id: Id;
  readonly kind: K;
  readonly compartment: Compartment;
};

/** Makes one client's changes, each with its author and time. */
export type Writer = {
  readonly changes: Change[];
  readonly record: <K extends RecordKind>(
    kind: K,
    id?: Id,
    compartment?: Compartment,
  ) => RecordOf<K>;
  readonly write: <K extends RecordKind, G extends GroupName<K>>(
    record: RecordOf<K>,
    group: G,
    value: GroupValue<K, G>,
    author: StaffMember,
  ) => Change;
  /** A later change that replaces the first one. */
  readonly supersede: (before: Change, value: Change['value'], author: StaffMember) => void;
  /** Something of its own day and hour. */
  readonly writeOn: <K extends RecordKind, G extends GroupName<K>>(
    record: RecordOf<K>,
    group: G,
    value: GroupValue<K, G>,
    author: StaffMember,
    day: DayNumber,
    minutes: number,
  ) => Change;
  /** An entry of its own day, written down some time after what it tells of. */
  readonly writeNote: (
    record: RecordOf<'note'>,
    entry: GroupValue<'note', 'entry'>,
    author: StaffMember,
    day: DayNumber,
    minutes: number,
  ) => void;
};

export const createWriter = (draft: ClientDraft, today: DayNumber, random: Random): Writer => {
  const changes: Change[] = [];
  let clock: HybridTime | null = null;
  let nowMs = momentMs(draft.startDay, random.between(8 * 60, 13 * 60)) + random.below(60_000);

  const push = (
    record: RecordOf<RecordKind>,
    group: string,
    value: object,
    parents: readonly Id[],
    author: StaffMember,
    time: HybridTime,
    atMs: number,
  ): Change => {
    const change: Change = {
      id: newId(atMs, random.bytes),
      recordId: record.id,
      kind: record.kind,
      caseId: draft.caseId,
      compartment: record.compartment,
      group,
      value: value as Change['value'],
      parents: [...parents],
      authorId: author.person.id,
      profession: author.person.profession,
      taskClass: author.person.taskClass,
      time,
      schema: schemaToWrite({ kind: record.kind, group }),
    };
    changes.push(change);
    return change;
  };

  /** An hour of a working day after the one on which the plan was written. */
  const laterMs = (): number =>
    momentMs(
      workingDay(random.between(draft.startDay + 4, today - 1)),
      random.between(8 * 60, 15 * 60),
    ) + random.below(60_000);

  return {
    changes,
    record: (kind, id, compartment) => ({
      kind,
      id: id ?? newId(nowMs, random.bytes),
      compartment: compartment ?? jointPlan,
    }),
    write: (record, group, value, author) => {
      nowMs += random.between(3_000, 40_000);
      clock = tick(clock, nowMs);
      return push(record, group, value as object, [], author, clock, nowMs);
    },
    supersede: (before, value, author) => {
      const atMs = laterMs();
      push(
        { id: before.recordId, kind: before.kind as RecordKind, compartment: before.compartment },
        before.group,
        value,
        [before.id],
        author,
        tick(null, atMs),
        atMs,
      );
    },
    writeOn: (record, group, value, author, day, minutes) => {
      const atMs = momentMs(day, minutes);
      return push(record, group, value as object, [], author, tick(null, atMs), atMs);
    },
    writeNote: (record, entry, author, day, minutes) => {
      const atMs = momentMs(day, minutes + 10 + random.below(35)) + random.below(60_000);
      push(record, 'entry', entry, [], author, tick(null, atMs), atMs);
    },
  };
};

/** Writes what stood before, if anything did, and then what stands now in its place. */
export const writeWithHistory = <K extends RecordKind, G extends GroupName<K>, T>(
  writer: Writer,
  record: RecordOf<K>,
  group: G,
  history: WithHistory<T>,
  toValue: (part: T) => GroupValue<K, G>,
  author: StaffMember,
): void => {
  const first = writer.write(record, group, toValue(history.before ?? history.now), author);
  if (history.before !== undefined) {
    writer.supersede(first, toValue(history.now) as Change['value'], author);
  }
};
