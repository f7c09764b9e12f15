import type { CallArguments, CallOutput, Problem } from '#shared/contract/calls.ts';
import type { Moment } from '#shared/domain/access/facts.ts';
import { membershipGranted } from '#shared/domain/access/team-membership.ts';
import { permissionFacts, type PermissionFact } from '#shared/domain/access/permission-facts.ts';
import { isCurrent } from '#shared/domain/access/team-membership.ts';
import { addDays, finnishDayStart, type CivilDate } from '#shared/domain/civil-date.ts';
import { registerOf, type Compartment } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { groupDefinition } from '#shared/domain/records/kinds.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { Desk } from '../desk.ts';
import { readColleagues, type LocalFacts } from './client-facts.ts';
import { compartmentsAsked, decisions, peopleConcerned } from './people-concerned.ts';
import { momentOf, readPermissions } from './who-sees.ts';

type Edit = CallArguments<'access.preview'>;
type Preview = CallOutput<'access.preview'>;
type Span = { readonly validFrom: CivilDate; readonly validTo: CivilDate | null };

/**
 * What recording, changing or ending a permission, or a place in the team, would open and close, before it
 * is written: the one rule asked without it and with it, for everybody concerned. What begins later, or ends
 * with a day that is still to come, is looked at on the first day on which it makes a difference.
 */
export const previewAccess = (desk: Desk, edit: Edit): Result<Preview, Problem> =>
  readPermissions(desk, edit.caseId, (db, before, parts) => {
    const trouble = valueProblem(edit);
    if (trouble) return err(trouble);
    const now = momentOf(desk.now());
    const after = withEdit(before, edit, desk.person.id, now.today);
    const span = edit.value as Span | null;
    const colleagues = readColleagues(db);
    const on = (moment: Moment): Difference => {
      const facts = [before, after];
      const people = [
        ...new Set(
          facts.flatMap((known) => peopleConcerned(db, known, colleagues, moment, desk.person.id)),
        ),
      ];
      const without = decisions(before, colleagues, moment);
      const withIt = decisions(after, colleagues, moment);
      const asked = compartmentsAsked(parts, facts, people.map(without.person), moment);
      return differenceOf(people, asked, without.decide, withIt.decide);
    };
    const days = turningDays([spanOf(before, edit), span], now.today);
    const unlike = ({ opens, closes }: Difference): boolean => opens.length + closes.length > 0;
    let day = now.today;
    let difference = on(now);
    for (const later of days) {
      if (unlike(difference)) break;
      const then = on(momentOf(finnishDayStart(later)));
      if (unlike(then)) [day, difference] = [later, then];
    }
    const beginsLater = span !== null && span.validFrom > now.today;
    const isOver = span !== null && span.validTo !== null && span.validTo < now.today;
    return ok({
      ...difference,
      notes: [
        ...(beginsLater ? ['begins-later'] : []),
        ...(day > now.today && day !== span?.validFrom ? ['after-last-day'] : []),
        ...(isOver ? ['already-over'] : []),
        ...(standsOverJointService(before, after, edit, day) ? ['over-joint-service'] : []),
        ...(!unlike(difference) && !isOver ? ['nobody-concerned'] : []),
      ],
    });
  });

type Difference = Pick<Preview, 'opens' | 'closes'>;
type Decide = ReturnType<typeof decisions>['decide'];

const differenceOf = (
  people: readonly Id[],
  compartments: readonly Compartment[],
  without: Decide,
  withIt: Decide,
): Difference => {
  const difference: Difference = { opens: [], closes: [] };
  for (const personId of people) {
    for (const compartment of compartments) {
      const then = without(personId, compartment);
      const thereafter = withIt(personId, compartment);
      if (then.allowed === thereafter.allowed) continue;
      if (thereafter.allowed) {
        const { allowed: _open, ...grant } = thereafter;
        difference.opens.push({ personId, compartment, ...grant });
      } else difference.closes.push({ personId, compartment, because: thereafter.because });
    }
  }
  return difference;
};

/** The days to come on which one of the spans begins, or is over for the first time, in their order. */
const turningDays = (spans: readonly (Span | null)[], today: CivilDate): readonly CivilDate[] => {
  const days = spans.flatMap((span) =>
    span === null
      ? []
      : [span.validFrom, ...(span.validTo === null ? [] : [addDays(span.validTo, 1)])],
  );
  return [...new Set(days)].filter((day) => day > today).toSorted();
};

/** From when to when the record holds as it is now. */
const spanOf = ({ team, permissions }: LocalFacts, { kind, recordId }: Edit): Span | null =>
  (kind === 'membership'
    ? team.find(({ membershipId }) => membershipId === recordId)
    : permissions.find((fact) => fact.recordId === recordId)) ?? null;

const groupOf = (kind: Edit['kind']): string => (kind === 'membership' ? 'grant' : 'scope');

/** What the writing of it would refuse is refused here too, at the same field. */
const valueProblem = ({ kind, value }: Edit): Problem | null => {
  if (value === null) return null;
  const checked = groupDefinition(kind, groupOf(kind))?.schema.safeParse(value);
  if (checked?.success) return null;
  const issue = checked?.error.issues[0];
  const own = issue && /^[a-z][a-z-]+$/u.test(issue.message) ? issue.message : 'bad-value';
  return { code: own, path: ['value', ...(issue?.path.map(String) ?? [])].join('.') };
};

/** The client as it would be with the record so, written by that author today, or without it. */
const withEdit = (
  facts: LocalFacts,
  { kind, recordId, value }: Edit,
  authorId: Id,
  today: CivilDate,
): LocalFacts => {
  if (kind === 'membership') {
    const others = facts.team.filter(({ membershipId }) => membershipId !== recordId);
    const granted =
      value === null ? null : membershipGranted(recordId, [{ value, authorId }], today);
    return { ...facts, team: granted ? [...others, granted] : others };
  }
  const others = facts.permissions.filter((fact) => fact.recordId !== recordId);
  const own = value === null ? [] : permissionFacts(kind, recordId, [value]);
  return { ...facts, permissions: [...others, ...own] };
};

/**
 * A prohibition does not stop what services that work as one share (703/2023 53 § 1, 58 §): whoever records
 * it has to know, and to tell the client.
 */
const standsOverJointService = (
  { permissions }: LocalFacts,
  after: LocalFacts,
  { kind, recordId }: Edit,
  today: CivilDate,
): boolean =>
  kind === 'prohibition' &&
  after.permissions.some(
    (fact) =>
      fact.kind === 'prohibition' &&
      fact.recordId === recordId &&
      permissions.some(
        (service) =>
          service.kind === 'joint-service' &&
          isCurrent(service, today) &&
          service.compartments.some((compartment) => prohibits(fact, compartment)),
      ),
  );

const prohibits = (
  fact: Extract<PermissionFact, { kind: 'prohibition' }>,
  compartment: string,
): boolean =>
  fact.level === 'all' ||
  (fact.level === 'register' && fact.register === registerOf(compartment)) ||
  (fact.level === 'service' && fact.compartments.includes(compartment));
