import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { finnishDayEnd, finnishDayStart } from '../civil-date.ts';
import { compartments, findCode, professions, registerOf, taskClasses } from '../codes.ts';
import type { WorkTask } from '../directory.ts';
import { decide, nextBoundary, type AccessQuestion } from './decide.ts';
import type { ClientFacts, Opening, PersonFacts } from './facts.ts';
import { openingGrounds } from './rules.ts';
import type { TeamMembership, TeamRole } from './team-membership.ts';

const today = '2026-11-25';
const [yesterday, tomorrow] = ['2026-11-24', '2026-11-26'];
const nowMs = Date.parse('2026-11-25T10:00:00Z');
const hour = 3_600_000;
const unit = 'unit-a';

const taskOf = (profession: string, more: Partial<WorkTask> = {}): WorkTask => ({
  unitId: unit,
  profession,
  taskClass: findCode(professions, profession)?.taskClass ?? '',
  services: [],
  round: false,
  validFrom: '2020-01-01',
  validTo: null,
  ...more,
});

const personOf = (
  profession: string,
  more: Partial<PersonFacts> = {},
  task: Partial<WorkTask> = {},
): PersonFacts => ({
  id: 'me',
  active: true,
  tasks: [taskOf(profession, task)],
  partnerSector: null,
  deputyFor: [],
  ownCaseIds: new Set(),
  ...more,
});

const member = (
  role: TeamRole,
  more: Partial<TeamMembership> = {},
  person = 'me',
): TeamMembership => ({
  membershipId: `${person}-${role}`,
  personId: person,
  role,
  taskClass: '',
  supervisorId: null,
  validFrom: '2026-01-01',
  validTo: null,
  ...more,
});

const clientOf = (more: Partial<ClientFacts> = {}): ClientFacts => ({
  caseId: 'client',
  unitId: unit,
  restraintOnDisclosure: false,
  team: [],
  jointServices: [],
  permissions: [],
  consents: [],
  prohibitions: [],
  ...more,
});

const span = { validFrom: '2026-01-01', validTo: null } as const;
const jointService = (...parts: readonly string[]) => ({
  recordId: 'service',
  compartments: parts,
  ...span,
});
const permission = (
  direction: 'social-to-health' | 'health-to-social',
  ...parts: readonly string[]
) => ({ recordId: 'permission', direction, compartments: parts, unitIds: [], ...span });
const prohibition = (level: 'all' | 'register' | 'service' | 'document', more = {}) => ({
  recordId: 'prohibition',
  level,
  register: null,
  compartments: [],
  ...span,
  ...more,
});
const openingOf = (ground: string, more: Partial<Opening> = {}): Opening => ({
  id: 'opening',
  kind: openingGrounds.find(({ id }) => id === ground)?.kind ?? 'ground',
  personId: 'me',
  ground,
  compartments: null,
  fromMs: nowMs - hour / 2,
  untilMs: nowMs + hour / 2,
  ...more,
});

const ask = (
  person: PersonFacts,
  client: ClientFacts,
  openings: readonly Opening[] = [],
  others: readonly PersonFacts[] = [],
): AccessQuestion => ({
  person,
  client,
  openings,
  moment: { today, nowMs },
  findPerson: (id) => others.find((other) => other.id === id),
});

/** `basis` for what is allowed, with `+` when it may be written; the reason for what is not. */
const wordOf = (question: AccessQuestion, compartment: string): string => {
  const answer = decide(question, compartment);
  return answer.allowed ? `${answer.basis}${answer.writes ? '+' : ''}` : answer.because;
};

const inTeam = (
  profession: string,
  role: TeamRole = 'participant',
  more: Partial<ClientFacts> = {},
) => ask(personOf(profession), clientOf({ team: [member(role)], ...more }));

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

describe('the other register (703/2023 53 §)', () => {
  const social = 'social/older-people';
  const service = { jointServices: [jointService(social, 'patient/outpatient')] };
  test.each<readonly [string, AccessQuestion, string, string]>([
    [
      'a joint service opens the named parts, to read',
      inTeam('doctor', 'participant', service),
      social,
      'joint-service',
    ],
    [
      'and none that it does not name',
      inTeam('doctor', 'participant', service),
      'social/families',
      'other-register',
    ],
    [
      'from the other side too',
      inTeam('social-worker', 'participant', service),
      'patient/outpatient',
      'joint-service',
    ],
    [
      'not to one whose side is not in it',
      inTeam('home-care-nurse', 'participant', {
        jointServices: [jointService('social/families', 'patient/oral-health')],
      }),
      'social/families',
      'other-register',
    ],
    [
      'not when it has ended',
      inTeam('doctor', 'participant', {
        jointServices: [{ ...jointService(social, 'patient/outpatient'), validTo: yesterday }],
      }),
      social,
      'other-register',
    ],
    [
      'limited health tasks only in home care and rehabilitation',
      inTeam('dental-hygienist', 'participant', {
        jointServices: [jointService(social, 'patient/oral-health')],
      }),
      social,
      'not-in-task',
    ],
    [
      'a permission opens what it names',
      inTeam('doctor', 'participant', { permissions: [permission('social-to-health', social)] }),
      social,
      'permission',
    ],
    [
      'in its own direction alone',
      inTeam('doctor', 'participant', { permissions: [permission('health-to-social', social)] }),
      social,
      'other-register',
    ],
    [
      'for its own units alone',
      inTeam('doctor', 'participant', {
        permissions: [{ ...permission('social-to-health', social), unitIds: ['unit-b'] }],
      }),
      social,
      'other-register',
    ],
    [
      'never what is restricted',
      inTeam('doctor', 'participant', {
        permissions: [permission('social-to-health', 'social/shelter')],
      }),
      'social/shelter',
      'restricted',
    ],
    [
      'a protected part asks for its confirmation besides',
      inTeam('social-worker', 'participant', {
        permissions: [permission('health-to-social', protectedPart)],
      }),
      protectedPart,
      'protected',
    ],
    [
      'a prohibition stops a permission',
      inTeam('doctor', 'participant', {
        permissions: [permission('social-to-health', social)],
        prohibitions: [prohibition('service', { compartments: [social] })],
      }),
      social,
      'prohibited',
    ],
    [
      'one on the register too',
      inTeam('doctor', 'participant', {
        permissions: [permission('social-to-health', social)],
        prohibitions: [prohibition('register', { register: 'social' })],
      }),
      social,
      'prohibited',
    ],
    [
      'one on the other register does not',
      inTeam('doctor', 'participant', {
        permissions: [permission('social-to-health', social)],
        prohibitions: [prohibition('register', { register: 'patient' })],
      }),
      social,
      'permission',
    ],
    [
      'one on a document alone does not',
      inTeam('doctor', 'participant', {
        permissions: [permission('social-to-health', social)],
        prohibitions: [prohibition('document')],
      }),
      social,
      'permission',
    ],
    [
      'a prohibition does not stop a running joint service',
      inTeam('doctor', 'participant', { ...service, prohibitions: [prohibition('all')] }),
      social,
      'joint-service',
    ],
    [
      'nor the own register',
      inTeam('doctor', 'participant', { prohibitions: [prohibition('all')] }),
      'patient/outpatient',
      'relation+',
    ],
    [
      'one taken back does nothing',
      inTeam('doctor', 'participant', {
        permissions: [permission('social-to-health', social)],
        prohibitions: [prohibition('all', { validTo: yesterday })],
      }),
      social,
      'permission',
    ],
  ])('%s', (_, question, part, expected) => {
    expect(wordOf(question, part)).toBe(expected);
  });
});

describe('another sector in the joint plan (SHL 39 § 3; 703/2023 48 §)', () => {
  const consents = [{ recordId: 'consent', sectors: ['association'], ...span }];
  const partner = (sector: string | null, more: Partial<ClientFacts>) =>
    ask(
      personOf('external-partner', { partnerSector: sector }),
      clientOf({ team: [member('external')], ...more }),
    );
  test.each<readonly [string, AccessQuestion, string, string]>([
    [
      'with the client’s consent: the plan, to read',
      partner('association', { consents }),
      'joint/plan',
      'relation',
    ],
    [
      'and nothing but the plan',
      partner('association', { consents }),
      'joint/contact',
      'not-in-task',
    ],
    ['no register', partner('association', { consents }), 'social/older-people', 'not-in-task'],
    ['not permissions', partner('association', { consents }), 'joint/permissions', 'not-in-task'],
    ['without a consent nothing', partner('association', {}), 'joint/plan', 'no-consent'],
    ['not with a consent for others', partner('kela', { consents }), 'joint/plan', 'no-consent'],
    ['not without a sector', partner(null, { consents }), 'joint/plan', 'no-consent'],
    [
      'not against a prohibition',
      partner('association', { consents, prohibitions: [prohibition('all')] }),
      'joint/plan',
      'prohibited',
    ],
  ])('%s', (_, question, part, expected) => {
    expect(wordOf(question, part)).toBe(expected);
  });

  test('a place in the team does not make a partner one of the region’s people', () => {
    for (const role of ['custodian', 'participant', 'deputy', 'student'] as const) {
      const asMember = (more: Partial<ClientFacts>) =>
        ask(
          personOf('external-partner', { partnerSector: 'association' }),
          clientOf({
            team: [member(role, { supervisorId: 'guide' }), member('custodian', {}, 'guide')],
            ...more,
          }),
          [],
          [personOf('social-worker', { id: 'guide' })],
        );
      expect(wordOf(asMember({}), 'joint/plan')).toBe('no-consent');
      expect(wordOf(asMember({ consents }), 'joint/plan')).toBe('relation');
      expect(wordOf(asMember({ consents }), 'joint/contact')).toBe('not-in-task');
    }
  });

  test('somebody of the region let in as an external partner sees no more than one', () => {
    const doctor = ask(personOf('doctor'), clientOf({ team: [member('external')], consents }));
    expect(wordOf(doctor, 'joint/plan')).toBe('no-consent');
    expect(wordOf(doctor, 'patient/outpatient')).not.toContain('relation');
  });
});

describe('restraint on disclosure (703/2023 38 §)', () => {
  const restrained = { restraintOnDisclosure: true };
  test.each<readonly [TeamRole, string, string]>([
    ['custodian', 'relation+', 'relation+'],
    ['participant', 'relation+', 'relation+'],
    ['consultant', 'relation+', 'restraint'],
    ['student', 'relation+', 'restraint'],
  ])('%s', (role, free, under) => {
    const guide = member('custodian', {}, 'guide');
    const question = (more: Partial<ClientFacts>) =>
      ask(
        personOf('nurse'),
        clientOf({ team: [member(role, { supervisorId: 'guide' }), guide], ...more }),
        [],
        [personOf('nurse', { id: 'guide' })],
      );
    expect(wordOf(question({}), 'joint/contact')).toBe(free);
    expect(wordOf(question(restrained), 'joint/contact')).toBe(under);
    expect(wordOf(question(restrained), 'joint/plan')).toBe('relation+');
  });
});

describe('openings', () => {
  const doctor = personOf('doctor');
  const social = 'social/older-people';
  test.each<readonly [string, AccessQuestion, string, string]>([
    [
      'a ground opens one’s own register',
      ask(doctor, clientOf(), [openingOf('client-relation-begins')]),
      'patient/outpatient',
      'relation+',
    ],
    [
      'not the other',
      ask(doctor, clientOf(), [openingOf('client-relation-begins')]),
      social,
      'other-register',
    ],
    [
      'a ground that says so opens the other, to read',
      ask(doctor, clientOf(), [openingOf('need-not-assessable')]),
      social,
      'statutory',
    ],
    [
      'not over a prohibition',
      ask(doctor, clientOf({ prohibitions: [prohibition('all')] }), [
        openingOf('need-not-assessable'),
      ]),
      social,
      'other-register',
    ],
    [
      'unless the law says so',
      ask(personOf('social-worker'), clientOf({ prohibitions: [prohibition('all')] }), [
        openingOf('social-authority-right'),
      ]),
      'patient/outpatient',
      'statutory',
    ],
    [
      'a ground of the other sector opens nothing',
      ask(doctor, clientOf(), [openingOf('social-authority-right')]),
      'joint/plan',
      'not-in-task',
    ],
    [
      'danger to life opens protected parts',
      ask(doctor, clientOf(), [openingOf('life-or-health')]),
      protectedPart,
      'relation+',
    ],
    [
      'other grounds do not',
      ask(doctor, clientOf(), [openingOf('client-relation-begins')]),
      protectedPart,
      'protected',
    ],
    [
      'restricted parts never',
      ask(doctor, clientOf(), [openingOf('life-or-health')]),
      'social/shelter',
      'restricted',
    ],
    [
      'over when its time is',
      ask(doctor, clientOf(), [openingOf('life-or-health', { untilMs: nowMs })]),
      'joint/plan',
      'no-relation',
    ],
    [
      'not before it',
      ask(doctor, clientOf(), [openingOf('life-or-health', { fromMs: nowMs + 1 })]),
      'joint/plan',
      'no-relation',
    ],
    [
      'another’s opens nothing',
      ask(doctor, clientOf(), [openingOf('life-or-health', { personId: 'you' })]),
      'joint/plan',
      'no-relation',
    ],
    [
      'no contact details under a restraint',
      ask(doctor, clientOf({ restraintOnDisclosure: true }), [openingOf('life-or-health')]),
      'joint/contact',
      'restraint',
    ],
    [
      'a confirmation opens the named protected part',
      ask(doctor, clientOf({ team: [member('participant')] }), [
        openingOf('protected-needed-in-care', { compartments: [protectedPart] }),
      ]),
      protectedPart,
      'confirmation+',
    ],
    [
      'and no other',
      ask(doctor, clientOf({ team: [member('participant')] }), [
        openingOf('protected-needed-in-care', { compartments: ['patient/sexual-therapy'] }),
      ]),
      protectedPart,
      'protected',
    ],
    [
      'and is no relation by itself',
      ask(doctor, clientOf(), [
        openingOf('protected-needed-in-care', { compartments: [protectedPart] }),
      ]),
      protectedPart,
      'no-relation',
    ],
  ])('%s', (_, question, part, expected) => {
    const expectedWord =
      expected === 'confirmation+' ? ['confirmation+', 'confirmation'] : [expected];
    expect(expectedWord).toContain(wordOf(question, part));
  });

  test('nobody brought in by an opening or a round changes the team', () => {
    for (const question of [
      ask(doctor, clientOf(), [openingOf('life-or-health')]),
      ask(personOf('home-care-nurse', {}, { round: true }), clientOf()),
    ]) {
      const answer = decide(question, 'joint/plan');
      expect(answer.allowed && answer.manages).toBe(false);
    }
  });
});

describe('properties of the decision', () => {
  const days = fc.constantFrom('2026-11-20', yesterday, today, tomorrow, '2026-12-01');
  const anySpan = fc.record({ validFrom: days, validTo: fc.option(days) });
  const parts = compartments.map(({ id }) => id);
  const somePart = fc.constantFrom(...parts);
  const someParts = fc.uniqueArray(somePart, { maxLength: 4 });
  const roles = fc.constantFrom<TeamRole>(
    'custodian',
    'responsible',
    'participant',
    'consultant',
    'deputy',
    'student',
    'external',
  );
  const anyMember = fc
    .tuple(
      roles,
      anySpan,
      fc.constantFrom('me', 'you', 'guide'),
      fc.constantFrom(...taskClasses.map(({ id }) => id)),
    )
    .map(([role, times, person, taskClass]) =>
      member(role, { ...times, taskClass, supervisorId: 'guide' }, person),
    );
  const anyPerson = (id: string) =>
    fc
      .record({
        active: fc.boolean(),
        tasks: fc.array(
          fc
            .tuple(
              fc.constantFrom(...professions.map(({ id: each }) => each)),
              anySpan,
              fc.boolean(),
              someParts,
            )
            .map(([profession, times, round, services]) =>
              taskOf(profession, { ...times, round, services }),
            ),
          { maxLength: 2 },
        ),
      })
      .map(({ active, tasks }) =>
        personOf('nurse', { id, active, tasks, partnerSector: 'association' }),
      );
  const anyClient = fc
    .record({
      restraintOnDisclosure: fc.boolean(),
      team: fc.array(anyMember, { maxLength: 4 }),
      jointServices: fc.array(
        fc
          .tuple(someParts, anySpan)
          .map(([list, times]) => ({ ...jointService(...list), ...times })),
        { maxLength: 2 },
      ),
      permissions: fc.array(
        fc
          .tuple(
            fc.constantFrom('social-to-health' as const, 'health-to-social' as const),
            someParts,
            anySpan,
          )
          .map(([direction, list, times]) => ({ ...permission(direction, ...list), ...times })),
        { maxLength: 2 },
      ),
      consents: fc.array(
        anySpan.map((times) => ({ recordId: 'c', sectors: ['association'], ...times })),
        { maxLength: 2 },
      ),
      prohibitions: fc.array(
        fc
          .tuple(
            fc.constantFrom(
              'all' as const,
              'register' as const,
              'service' as const,
              'document' as const,
            ),
            someParts,
            anySpan,
          )
          .map(([level, list, times]) => ({
            ...prohibition(level, { compartments: list, register: 'social' }),
            ...times,
          })),
        { maxLength: 2 },
      ),
    })
    .map((facts) => clientOf(facts));
  const anyOpening = fc
    .tuple(
      fc.constantFrom(...openingGrounds.map(({ id }) => id)),
      someParts,
      fc.integer({ min: -3, max: 1 }),
      fc.integer({ min: -1, max: 3 }),
    )
    .map(([ground, list, from, until]) =>
      openingOf(ground, {
        compartments: list,
        fromMs: nowMs + from * hour,
        untilMs: nowMs + until * hour,
      }),
    );
  const anyQuestion = fc
    .record({
      person: anyPerson('me'),
      guide: anyPerson('guide'),
      client: anyClient,
      openings: fc.array(anyOpening, { maxLength: 2 }),
    })
    .map(({ person, guide, client, openings }) => ask(person, client, openings, [guide]));

  test('nothing opens without a current relation, to nobody inactive, and never a restricted part but to its own service', () => {
    fc.assert(
      fc.property(anyQuestion, somePart, (question, part) => {
        const answer = decide(question, part);
        if (!answer.allowed) return;
        expect(question.person.active).toBe(true);
        expect(
          question.person.tasks.some(
            (task) => task.validFrom <= today && (task.validTo ?? today) >= today,
          ),
        ).toBe(true);
        if (findCode(compartments, part)?.restricted === true) {
          expect(question.person.tasks.some((task) => task.services.includes(part))).toBe(true);
        }
        if (answer.untilMs !== null) expect(answer.untilMs).toBeGreaterThan(nowMs);
      }),
      { numRuns: 3_000 },
    );
  });

  test('writing stays in the own register', () => {
    fc.assert(
      fc.property(anyQuestion, somePart, (question, part) => {
        const answer = decide(question, part);
        if (answer.allowed && answer.writes)
          expect(['relation', 'confirmation']).toContain(answer.basis);
        if (answer.allowed && answer.manages) expect(answer.writes).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a prohibition never opens anything, and a permission never closes anything', () => {
    fc.assert(
      fc.property(anyQuestion, somePart, (question, part) => {
        const without = { ...question, client: { ...question.client, prohibitions: [] } };
        if (decide(question, part).allowed) expect(decide(without, part).allowed).toBe(true);
        const more = {
          ...question,
          client: {
            ...question.client,
            permissions: [
              ...question.client.permissions,
              permission('social-to-health', part),
              permission('health-to-social', part),
            ],
          },
        };
        if (decide(question, part).allowed) expect(decide(more, part).allowed).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('the answer is the same whatever order the facts stand in', () => {
    fc.assert(
      fc.property(anyQuestion, somePart, (question, part) => {
        const { client } = question;
        const turned = {
          ...question,
          openings: question.openings.toReversed(),
          person: { ...question.person, tasks: question.person.tasks.toReversed() },
          client: {
            ...client,
            team: client.team.toReversed(),
            permissions: client.permissions.toReversed(),
            prohibitions: client.prohibitions.toReversed(),
            jointServices: client.jointServices.toReversed(),
          },
        };
        const [a, b] = [decide(question, part), decide(turned, part)];
        expect(a.allowed).toBe(b.allowed);
        if (a.allowed && b.allowed)
          expect([a.writes, a.manages, a.untilMs]).toEqual([b.writes, b.manages, b.untilMs]);
      }),
      { numRuns: 2_000 },
    );
  });

  test('between now and the next boundary the answer does not change', () => {
    fc.assert(
      fc.property(
        anyQuestion,
        somePart,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (question, part, place) => {
          const next = nextBoundary(question) ?? nowMs + 90 * 24 * hour;
          const later = Math.floor(nowMs + (next - 1 - nowMs) * place);
          const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Helsinki' }).format(
            later,
          );
          const then = { ...question, moment: { today: day, nowMs: later } };
          expect(decide(then, part).allowed).toBe(decide(question, part).allowed);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('what is granted until a moment is not granted on that ground from it on', () => {
    const question = ask(
      personOf('doctor'),
      clientOf({ team: [member('participant', { validTo: today })] }),
    );
    const answer = decide(question, 'joint/plan');
    const until = (answer.allowed && answer.untilMs) || 0;
    expect(until).toBe(finnishDayStart(tomorrow));
    const after = { ...question, moment: { today: tomorrow, nowMs: until } };
    expect(wordOf(after, 'joint/plan')).toBe('relation-ended');
    expect(registerOf('joint/plan')).toBe('joint');
  });
});
