import { generateNKeysBetween } from 'fractional-indexing';
import { derivedId, planIdOf, type Id } from '#shared/domain/ids.ts';
import type { ActionDraft, ClientDraft, GoalDraft, NeedDraft } from './draft.ts';
import type { PlanPlaces } from './requests.ts';
import { writeWithHistory, type Writer } from './writer.ts';

const orderKeys = (count: number): readonly string[] => {
  let keys = orderKeysByCount.get(count);
  if (!keys) {
    keys = generateNKeysBetween(null, null, count);
    orderKeysByCount.set(count, keys);
  }
  return keys;
};
const orderKeysByCount = new Map<number, readonly string[]>();

const same = <T>(value: T): T => value;
const asProse = (text: string): { text: string } => ({ text });

export const writePlan = (writer: Writer, draft: ClientDraft): void => {
  const author = draft.custodian;
  const plan = writer.record('plan', planIdOf(draft.caseId));
  writer.write(plan, 'what-matters', { text: draft.plan.whatMatters }, author);
  writeWithHistory(writer, plan, 'situation', draft.plan.situation, asProse, author);
  writer.write(plan, 'strengths', { text: draft.plan.strengths }, author);
  writer.write(plan, 'custodian', { personId: author.person.id }, author);
  writeWithHistory(writer, plan, 'review', draft.plan.review, (date) => ({ date }), author);
  writer.write(plan, 'course', draft.plan.course, author);
};

export const writeParts = (writer: Writer, draft: ClientDraft): void => {
  const plan = writer.record('plan', planIdOf(draft.caseId));
  for (const { author, kind, group, value } of draft.parts) {
    const record = kind === null ? plan : writer.record(kind);
    // The material is checked against its schema, group by group, by the population's test.
    writer.write(record, group as never, value, author);
  }
};

/** The needs in their order, with their goals and actions. @returns where each of them stands */
export const writeNeeds = (writer: Writer, needs: readonly NeedDraft[]): PlanPlaces => {
  const keys = orderKeys(needs.length);
  return needs.map((need, index) => writeNeed(writer, need, keys[index] ?? ''));
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

/** Scales and ratings come after everything else of the plan, so that its ids stay what they were. */
export const writeRatings = (writer: Writer, draft: ClientDraft, places: PlanPlaces): void => {
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
export const writeFamily = (writer: Writer, draft: ClientDraft, places: PlanPlaces): void => {
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
