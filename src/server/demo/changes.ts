import type { Change } from '#shared/domain/change.ts';
import { contactDetails, jointPlan, permissionsCompartment } from '#shared/domain/codes.ts';
import { acknowledgmentIdOf, contactIdOf, derivedId } from '#shared/domain/ids.ts';
import { planVersion } from '#shared/domain/plan-version.ts';
import { headsOf } from '#shared/sync/heads.ts';
import { physicalMs } from '#shared/sync/hybrid-time.ts';
import { civilDate, momentMs, wallClock, type DayNumber } from './days.ts';
import type { ClientDraft, RowDraft } from './draft.ts';
import { writeFamily, writeNeeds, writeParts, writePlan, writeRatings } from './plan-changes.ts';
import type { Random } from './random.ts';
import { placeOf, type PlanPlaces } from './requests.ts';
import { createWriter, writeWithHistory, type Writer } from './writer.ts';

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
  const places = writeNeeds(writer, draft.needs);
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

const writeClient = (writer: Writer, draft: ClientDraft): void => {
  const author = draft.custodian;
  const client = writer.record('client', draft.caseId);
  writer.write(client, 'identity', draft.identity, author);
  writer.write(client, 'language', draft.language, author);
  const restraintOnDisclosure = draft.restraintOnDisclosure;
  writer.write(client, 'protection', { restraintOnDisclosure }, author);
  writer.write(client, 'care', { unitId: draft.unitId }, author);
  const contact = writer.record('contact', contactIdOf(draft.caseId), contactDetails);
  writeWithHistory(writer, contact, 'contact', draft.contact, (details) => details, author);
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
