import { generateNKeysBetween } from 'fractional-indexing';
import type { Change, HybridTime } from '#shared/domain/change.ts';
import {
  contactDetails,
  jointPlan,
  permissionsCompartment,
  type Compartment,
} from '#shared/domain/codes.ts';
import {
  acknowledgmentIdOf,
  contactIdOf,
  derivedId,
  newId,
  planIdOf,
  type Id,
} from '#shared/domain/ids.ts';
import { planVersion } from '#shared/domain/plan-version.ts';
import type { GroupName, GroupValue, RecordKind } from '#shared/domain/records/kinds.ts';
import { headsOf } from '#shared/sync/heads.ts';
import { physicalMs, tick } from '#shared/sync/hybrid-time.ts';
import { schemaToWrite } from '#shared/sync/versions.ts';
import { civilDate, momentMs, wallClock, workingDay, type DayNumber } from './days.ts';
import type { StaffMember } from './directory.ts';
import type {
  ActionDraft,
  ClientDraft,
  GoalDraft,
  NeedDraft,
  RowDraft,
  WithHistory,
} from './draft.ts';
import type { Random } from './random.ts';
import { placeOf, type PlanPlaces } from './requests.ts';

type RecordOf<K extends RecordKind> = {
  readonly id: Id;
  readonly kind: K;
  readonly compartment: Compartment;
};

type Writer = {
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

/**
 * The changes that a client's draft amounts to, in the order in which the region received them. The
 * plan is written on one day; what replaced something and the notes follow on later days up to
 * yesterday.
 */
export const changesOf = (
  draft: ClientDraft,
  today: DayNumber,
  random: Random,
): readonly Change[] => {
  const writer = createWriter(draft, today, random);
  writeClient(writer, draft);
  writeMemberships(writer, draft);
  writePlan(writer, draft);
  writeParts(writer, draft);
  const keys = orderKeys(draft.needs.length);
  const places = draft.needs.map((need, index) => writeNeed(writer, need, keys[index] ?? ''));
  writePermissions(writer, draft);
  writeNotes(writer, draft);
  writeRequests(writer, draft, places);
  writeVisits(writer, draft, places);
  writeRatings(writer, draft, places);
  writeFamily(writer, draft, places);
  writeRows(writer, draft, 'demo-followed', draft.followed);
  writeRows(writer, draft, 'demo-risk', draft.risks);
  writeReaders(writer, draft);
  return writer.changes.sort((a, b) => (a.time < b.time ? -1 : 1));
};

const createWriter = (draft: ClientDraft, today: DayNumber, random: Random): Writer => {
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

const orderKeys = (count: number): readonly string[] => {
  let keys = orderKeysByCount.get(count);
  if (!keys) {
    keys = generateNKeysBetween(null, null, count);
    orderKeysByCount.set(count, keys);
  }
  return keys;
};
const orderKeysByCount = new Map<number, readonly string[]>();

/** Writes what stood before, if anything did, and then what stands now in its place. */
const writeWithHistory = <K extends RecordKind, G extends GroupName<K>, T>(
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

const same = <T>(value: T): T => value;
const asProse = (text: string): { text: string } => ({ text });

const writeClient = (writer: Writer, draft: ClientDraft): void => {
  const author = draft.custodian;
  const client = writer.record('client', draft.caseId);
  writer.write(client, 'identity', draft.identity, author);
  writer.write(client, 'language', draft.language, author);
  const restraintOnDisclosure = draft.restraintOnDisclosure;
  writer.write(client, 'protection', { restraintOnDisclosure }, author);
  writer.write(client, 'care', { unitId: draft.unitId }, author);
  const contact = writer.record('contact', contactIdOf(draft.caseId), contactDetails);
  writeWithHistory(writer, contact, 'contact', draft.contact, same, author);
  if (draft.representative) {
    writer.write(writer.record('representative'), 'details', draft.representative, author);
  }
};

const writeMemberships = (writer: Writer, draft: ClientDraft): void => {
  for (const { member, role, validFrom, validTo, ground } of draft.memberships) {
    const { id: personId, profession, taskClass } = member.person;
    const grant = { personId, profession, taskClass, role, validFrom, validTo, ground };
    writer.write(writer.record('membership'), 'grant', grant, draft.custodian);
  }
};

const writePermissions = (writer: Writer, draft: ClientDraft): void => {
  for (const { kind, scope } of draft.permissions) {
    const record = writer.record(kind, undefined, permissionsCompartment);
    writer.write(record, 'scope', scope, draft.custodian);
  }
};

const writePlan = (writer: Writer, draft: ClientDraft): void => {
  const author = draft.custodian;
  const plan = writer.record('plan', planIdOf(draft.caseId));
  writer.write(plan, 'what-matters', { text: draft.plan.whatMatters }, author);
  writeWithHistory(writer, plan, 'situation', draft.plan.situation, asProse, author);
  writer.write(plan, 'strengths', { text: draft.plan.strengths }, author);
  writer.write(plan, 'custodian', { personId: author.person.id }, author);
  writeWithHistory(writer, plan, 'review', draft.plan.review, (date) => ({ date }), author);
  writer.write(plan, 'course', draft.plan.course, author);
};

const writeParts = (writer: Writer, draft: ClientDraft): void => {
  const plan = writer.record('plan', planIdOf(draft.caseId));
  for (const { author, kind, group, value } of draft.parts) {
    const record = kind === null ? plan : writer.record(kind);
    // The material is checked against its schema, group by group, by the population's test.
    writer.write(record, group as never, value, author);
  }
};

const writeNeed = (writer: Writer, draft: NeedDraft, key: string): PlanPlaces[number] => {
  const need = writer.record('need');
  writer.write(need, 'heading', draft.heading, draft.author);
  writer.write(need, 'client-words', { text: draft.words }, draft.author);
  writeWithHistory(writer, need, 'assessment', draft.assessment, asProse, draft.author);
  writer.write(need, 'status', draft.status, draft.author);
  writer.write(need, 'order', { key }, draft.author);
  const keys = orderKeys(draft.goals.length);
  const goals = draft.goals.map((goal, index) =>
    writeGoal(writer, goal, need.id, keys[index] ?? ''),
  );
  return { id: need.id, goals };
};

const writeGoal = (
  writer: Writer,
  draft: GoalDraft,
  needId: Id,
  key: string,
): PlanPlaces[number]['goals'][number] => {
  const goal = writer.record('goal');
  writer.write(goal, 'belonging', { needId }, draft.author);
  writeWithHistory(writer, goal, 'statement', draft.statement, same, draft.author);
  writeWithHistory(writer, goal, 'target', draft.target, same, draft.author);
  writer.write(goal, 'lifecycle', draft.lifecycle, draft.author);
  writeWithHistory(writer, goal, 'achievement', draft.achievement, same, draft.author);
  writer.write(goal, 'order', { key }, draft.author);
  const keys = orderKeys(draft.actions.length);
  const actions = draft.actions.map((action, index) =>
    writeAction(writer, action, goal.id, keys[index] ?? ''),
  );
  return { id: goal.id, actions };
};

/** Scales and ratings come after everything else of the plan, so that its ids stay what they were. */
const writeRatings = (writer: Writer, draft: ClientDraft, places: PlanPlaces): void => {
  for (const [needAt, need] of draft.needs.entries()) {
    for (const [goalAt, { author, scale, ratings = [] }] of need.goals.entries()) {
      const goalId = places[needAt]?.goals[goalAt]?.id;
      if (goalId === undefined || scale === undefined) continue;
      const [first] = ratings;
      const begun = first?.day ?? draft.startDay;
      writer.writeOn(writer.record('goal', goalId), 'scale', scale, author, begun, 9 * 60);
      for (const [index, rating] of ratings.entries()) {
        const recordId = derivedId('demo-rating', `${draft.caseId} ${needAt} ${goalAt} ${index}`);
        const record = writer.record('rating', recordId);
        const value = { ...rating.value, goalId };
        writer.writeOn(record, 'rating', value, rating.author, rating.day, 10 * 60 + index * 15);
      }
    }
  }
};

/** After everything else of the plan, so that its ids stay what they were. */
const writeFamily = (writer: Writer, draft: ClientDraft, places: PlanPlaces): void => {
  const { startDay, custodian, family } = draft;
  const write: Writer['write'] = (record, group, value, author) =>
    writer.writeOn(record, group, value, author, startDay, 15 * 60);
  for (const { recordId, value } of family.members) {
    write(writer.record('family-member', recordId), 'member', value, custodian);
  }
  for (const { recordId, need, statement, part, action: planned } of family.goals) {
    const needId = places[need]?.id;
    if (needId === undefined) continue;
    const goal = writer.record('goal', recordId);
    const active = { status: 'active', reason: '', date: null } as const;
    write(goal, 'belonging', { needId }, custodian);
    write(goal, 'statement', statement, custodian);
    write(goal, 'target', { date: null }, custodian);
    write(goal, 'lifecycle', active, custodian);
    const unassessed = { achievement: 'not-assessed', date: null, grounds: '' } as const;
    write(goal, 'achievement', unassessed, custodian);
    const key = orderKeys((draft.needs[need]?.goals.length ?? 0) + 1).at(-1) ?? '';
    write(goal, 'order', { key }, custodian);
    write(goal, 'family-part', { id: part, isCommon: true }, custodian);
    const action = writer.record('action', planned.recordId);
    const responsibleId = custodian.person.id;
    write(action, 'belonging', { goalId: recordId }, custodian);
    write(action, 'content', planned.content, custodian);
    write(action, 'schedule', { frequency: planned.frequency, start: null, end: null }, custodian);
    write(action, 'responsibility', { responsibleId, deputyId: null }, custodian);
    write(action, 'provider', { type: 'own', name: custodian.unitName }, custodian);
    write(action, 'status', { ...active, status: 'agreed' }, custodian);
    write(action, 'order', { key: orderKeys(1)[0] ?? '' }, custodian);
  }
};

/** What is followed and the risks come last, for the same reason. */
const writeRows = (
  writer: Writer,
  { caseId }: Pick<ClientDraft, 'caseId'>,
  scope: string,
  rows: readonly RowDraft[],
): void => {
  for (const [index, { author, kind, compartment, day, groups }] of rows.entries()) {
    const recordId = derivedId(scope, `${caseId} ${index}`);
    const record = writer.record(kind, recordId, compartment);
    for (const [at, { group, value }] of groups.entries()) {
      // The material is checked against its schema, group by group, by the population's test.
      writer.writeOn(record, group as never, value, author, day, 11 * 60 + index * 10 + at);
    }
  }
};

/** Who has read the plan: the version of it that stood at that moment, in the parts where they write. */
const writeReaders = (writer: Writer, draft: ClientDraft): void => {
  for (const [index, { reader, day, minutes }] of draft.readers.entries()) {
    const atMs = momentMs(day, minutes);
    const before = writer.changes.filter(({ time }) => physicalMs(time) < atMs);
    const own = new Set(
      before.flatMap(({ authorId, compartment }) =>
        authorId === reader.person.id ? [compartment] : [],
      ),
    );
    const standing = [
      ...Map.groupBy(before, ({ recordId, group }) => `${recordId} ${group}`),
    ].flatMap(([, changes]) => headsOf(changes));
    for (const [compartment, digest] of planVersion(standing)) {
      if (compartment !== jointPlan && !own.has(compartment)) continue;
      const recordId = derivedId('demo-reader', `${draft.caseId} ${index} ${compartment}`);
      const record = writer.record('plan-acknowledgment', recordId, compartment);
      writer.writeOn(record, 'version', { digest }, reader, day, minutes);
    }
  }
};

const writeAction = (writer: Writer, draft: ActionDraft, goalId: Id, key: string): Id => {
  const action = writer.record('action');
  writer.write(action, 'belonging', { goalId }, draft.author);
  writer.write(action, 'content', draft.content, draft.author);
  writer.write(action, 'schedule', draft.schedule, draft.author);
  writeWithHistory(writer, action, 'responsibility', draft.responsibility, same, draft.author);
  writer.write(action, 'provider', draft.provider, draft.author);
  if (draft.service) writer.write(action, 'service', draft.service, draft.author);
  writeWithHistory(writer, action, 'status', draft.status, same, draft.author);
  writer.write(action, 'order', { key }, draft.author);
  return action.id;
};

const writeNotes = (writer: Writer, draft: ClientDraft): void => {
  for (const note of draft.notes) {
    const record = writer.record('note', undefined, note.compartment);
    const entry = {
      kind: note.kind,
      text: note.text,
      happenedAt: wallClock(note.day, note.minutes),
      corrects: null,
    };
    writer.writeNote(record, entry, note.author, note.day, note.minutes);
  }
};

const writeRequests = (writer: Writer, draft: ClientDraft, places: PlanPlaces): void => {
  for (const { asker, asked, at, answer, acknowledged, ...request } of draft.requests) {
    const record = writer.record('request');
    const { kind, profession, text, due, day, minutes } = request;
    const question = {
      kind,
      personId: asked?.person.id ?? null,
      profession,
      recordId: placeOf(draft.caseId, places, at),
      group: null,
      text,
      due,
    };
    writer.writeOn(record, 'question', question, asker, day, minutes);
    if (answer === null) continue;
    const { by, state, text: said } = answer;
    const value = { state, text: said, date: civilDate(answer.day) };
    const given = writer.writeOn(record, 'answer', value, by, answer.day, answer.minutes);
    if (!acknowledged) continue;
    const receipt = writer.record('acknowledgment', acknowledgmentIdOf(record.id, asker.person.id));
    writer.writeOn(
      receipt,
      'receipt',
      { recordId: record.id, changeId: given.id },
      asker,
      answer.day,
      answer.minutes + 25,
    );
  }
};

const writeVisits = (writer: Writer, draft: ClientDraft, places: PlanPlaces): void => {
  for (const [index, visit] of draft.visits.entries()) {
    const { author, compartment, day, minutes, lasted, medication, observation } = visit;
    const recordId = derivedId('demo-visit', `${draft.caseId} ${index}`);
    const report = {
      startedAt: wallClock(day, minutes),
      minutes: lasted,
      tasks: visit.tasks.flatMap(({ at, whyNot }) => {
        const actionId = places[at.need]?.goals[at.goal]?.actions[at.action];
        const result = whyNot === '' ? ('done' as const) : ('not-done' as const);
        return actionId === undefined ? [] : [{ actionId, result, reason: whyNot }];
      }),
      goals: visit.goals.flatMap(({ at, trend }) => {
        const goalId = places[at.need]?.goals[at.goal]?.id;
        return goalId === undefined ? [] : [{ goalId, trend }];
      }),
      medication,
      observation,
      corrects: null,
    };
    const record = writer.record('visit', recordId, compartment);
    writer.writeOn(record, 'report', report, author, day, minutes + lasted);
  }
};
