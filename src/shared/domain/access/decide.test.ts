import { describe, expect, test } from 'vitest';
import { finnishDayEnd } from '../civil-date.ts';
import { decide, type AccessQuestion } from './decide.ts';
import type { TeamMembership } from './team-membership.ts';
import {
  today,
  yesterday,
  tomorrow,
  taskOf,
  personOf,
  member,
  clientOf,
  openingOf,
  ask,
  wordOf,
  inTeam,
} from '../../../../tests/access/question.ts';

type Row = readonly [title: string, question: AccessQuestion, expected: Record<string, string>];

const protectedPart = 'patient/genetics';

describe('what a task class reaches by a relation (STM 457/2024)', () => {
  test.each<Row>([
    [
      'social worker',
      inTeam('social-worker'),
      {
        'joint/plan': 'relation+',
        'joint/permissions': 'relation+',
        'joint/contact': 'relation+',
        'social/child-protection': 'relation+',
        'social/older-people': 'relation+',
        'social/shelter': 'restricted',
        'social/family-mediation': 'restricted',
        'social/therapeutic-work': 'restricted',
        'patient/outpatient': 'other-register',
      },
    ],
    [
      'service coordinator',
      inTeam('service-coordinator'),
      {
        'joint/plan': 'relation+',
        'social/older-people': 'relation+',
        'social/families': 'relation+',
        'social/child-protection': 'not-in-task',
        'patient/outpatient': 'other-register',
      },
    ],
    [
      'family worker',
      inTeam('family-worker'),
      {
        'joint/plan': 'relation+',
        'joint/permissions': 'not-in-task',
        'social/families': 'relation+',
        'social/older-people': 'not-in-task',
        'patient/outpatient': 'not-in-task',
      },
    ],
    [
      'doctor',
      inTeam('doctor'),
      {
        'joint/plan': 'relation+',
        'joint/permissions': 'relation+',
        'patient/hospital': 'relation+',
        [protectedPart]: 'protected',
        'social/older-people': 'other-register',
      },
    ],
    [
      'home-care nurse',
      inTeam('home-care-nurse'),
      {
        'joint/plan': 'relation+',
        'joint/permissions': 'not-in-task',
        'patient/home-nursing': 'relation+',
        'social/older-people': 'relation+',
        'patient/outpatient': 'not-in-task',
        'social/families': 'other-register',
      },
    ],
    [
      'nutrition therapist',
      inTeam('nutrition-therapist'),
      {
        'patient/outpatient': 'relation+',
        'social/families': 'not-in-task',
      },
    ],
    [
      'psychologist in the own specialty',
      inTeam('psychologist'),
      {
        'patient/psychologist': 'relation+',
        'patient/mental-health': 'relation+',
        [protectedPart]: 'protected',
      },
    ],
    [
      'mediator',
      ask(
        personOf('social-counsellor', {}, { services: ['social/family-mediation'] }),
        clientOf({ team: [member('participant')] }),
      ),
      { 'social/family-mediation': 'relation+' },
    ],
    [
      'support and administration',
      ask(
        personOf('other-professional', {}, { taskClass: 'support-and-administration' }),
        clientOf({ team: [member('participant')] }),
      ),
      {
        'joint/plan': 'not-in-task',
        'patient/outpatient': 'not-in-task',
      },
    ],
  ])('%s', (_, question, expected) => {
    const answers = Object.keys(expected).map((part) => [part, wordOf(question, part)]);
    expect(Object.fromEntries(answers)).toEqual(expected);
  });
});

describe('relations (703/2023 9 §)', () => {
  const doctor = personOf('doctor');
  const team = (more: Partial<TeamMembership>) => clientOf({ team: [member('participant', more)] });
  test.each<readonly [string, AccessQuestion, string]>([
    ['none', ask(doctor, clientOf()), 'no-relation'],
    [
      'somebody else’s',
      ask(doctor, clientOf({ team: [member('custodian', {}, 'you')] })),
      'no-relation',
    ],
    ['ended yesterday', ask(doctor, team({ validTo: yesterday })), 'relation-ended'],
    ['begins tomorrow', ask(doctor, team({ validFrom: tomorrow })), 'relation-not-begun'],
    ['the last day is included', ask(doctor, team({ validTo: today })), 'relation+'],
    ['the first day is included', ask(doctor, team({ validFrom: today })), 'relation+'],
    [
      'ends before it begins',
      ask(doctor, team({ validFrom: tomorrow, validTo: yesterday })),
      'relation-not-begun',
    ],
    [
      'a person who has left the region',
      ask(personOf('doctor', { active: false }), team({})),
      'not-active',
    ],
    [
      'a task that has ended',
      ask(personOf('doctor', {}, { validTo: yesterday }), team({})),
      'no-task',
    ],
    [
      'one’s own record',
      ask(personOf('doctor', { ownCaseIds: new Set(['client']) }), team({})),
      'own-record',
    ],
    [
      'one’s own record in an emergency',
      ask(personOf('doctor', { ownCaseIds: new Set(['client']) }), clientOf(), [
        openingOf('life-or-health'),
      ]),
      'own-record',
    ],
    [
      'the unit’s round',
      ask(personOf('home-care-nurse', {}, { round: true }), clientOf()),
      'relation+',
    ],
    [
      'the round of another unit',
      ask(personOf('home-care-nurse', {}, { round: true }), clientOf({ unitId: 'unit-b' })),
      'no-relation',
    ],
    [
      'a round that the task class has not',
      ask(personOf('social-worker', {}, { round: true }), clientOf()),
      'no-relation',
    ],
  ])('%s', (_, question, expected) => {
    expect(wordOf(question, 'joint/plan')).toBe(expected);
  });

  test('a deputy steps in for the absence alone, with the deputy’s own task', () => {
    const absence = (more = {}) => ({
      id: 'absence',
      personId: 'away',
      deputyId: 'me',
      validFrom: yesterday,
      validTo: tomorrow,
      caseIds: null,
      ...more,
    });
    const client = clientOf({ team: [member('custodian', {}, 'away')] });
    const standingIn = (more = {}) =>
      ask(personOf('nurse', { deputyFor: [absence(more)] }), client);
    expect(wordOf(standingIn(), 'joint/plan')).toBe('relation+');
    expect(wordOf(standingIn(), 'patient/outpatient')).toBe('relation+');
    expect(wordOf(standingIn(), 'social/older-people')).toBe('other-register');
    expect(wordOf(standingIn({ validTo: yesterday }), 'joint/plan')).toBe('no-relation');
    expect(wordOf(standingIn({ validFrom: tomorrow }), 'joint/plan')).toBe('no-relation');
    expect(wordOf(standingIn({ caseIds: ['another'] }), 'joint/plan')).toBe('no-relation');
    const answer = decide(standingIn(), 'joint/plan');
    expect(answer.allowed && answer.untilMs).toBe(finnishDayEnd(tomorrow));
    const ended = clientOf({ team: [member('custodian', { validTo: yesterday }, 'away')] });
    expect(wordOf({ ...standingIn(), client: ended }, 'joint/plan')).toBe('no-relation');
  });

  test('one acts in the task that the membership names, among one’s own', () => {
    const two = personOf('nurse', { tasks: [taskOf('nurse'), taskOf('family-worker')] });
    const as = (taskClass: string) =>
      ask(two, clientOf({ team: [member('participant', { taskClass })] }));
    expect(wordOf(as('providing-social-services'), 'social/families')).toBe('relation+');
    expect(wordOf(as('providing-social-services'), 'patient/outpatient')).toBe('not-in-task');
    expect(wordOf(as('broad-health'), 'patient/outpatient')).toBe('relation+');
    // A task class that nobody gave the person opens nothing more than the person's own.
    const nurse = ask(
      personOf('nurse'),
      clientOf({ team: [member('participant', { taskClass: 'broad-client-responsibility' })] }),
    );
    expect(wordOf(nurse, 'social/child-protection')).toBe('other-register');
  });

  test('a student sees no more than the supervisor, and only while the supervisor is there', () => {
    const student = personOf('social-counsellor');
    const supervisor = personOf('social-worker', { id: 'guide' });
    const withGuide = (guide: Partial<TeamMembership> | null, others = [supervisor]) =>
      ask(
        student,
        clientOf({
          team: [
            member('student', { supervisorId: 'guide' }),
            ...(guide ? [member('custodian', guide, 'guide')] : []),
          ],
        }),
        [],
        others,
      );
    expect(wordOf(withGuide({}), 'joint/plan')).toBe('relation+');
    const answer = decide(withGuide({ validTo: tomorrow }), 'joint/plan');
    expect(answer.allowed && [answer.manages, answer.untilMs]).toEqual([
      false,
      finnishDayEnd(tomorrow),
    ]);
    expect(wordOf(withGuide(null), 'joint/plan')).toBe('no-supervisor');
    expect(wordOf(withGuide({ validTo: yesterday }), 'joint/plan')).toBe('no-supervisor');
    expect(wordOf(withGuide({}, []), 'joint/plan')).toBe('no-supervisor');
    expect(wordOf(withGuide({}, [{ ...supervisor, active: false }]), 'joint/plan')).toBe(
      'no-supervisor',
    );
    const worker = personOf('family-worker', { id: 'guide' });
    expect(wordOf(withGuide({}, [worker]), 'social/older-people')).toBe('no-supervisor');
    const himself = ask(
      student,
      clientOf({ team: [member('student', { supervisorId: 'me' })] }),
      [],
      [student],
    );
    expect(wordOf(himself, 'joint/plan')).toBe('no-supervisor');
  });
});
