import { describe, expect, test } from 'vitest';
import { decide, type AccessQuestion } from './decide.ts';
import type { ClientFacts } from './facts.ts';
import type { TeamRole } from './team-membership.ts';
import {
  yesterday,
  nowMs,
  personOf,
  member,
  clientOf,
  span,
  jointService,
  permission,
  prohibition,
  openingOf,
  ask,
  wordOf,
  inTeam,
} from '../../../../tests/access/question.ts';

const protectedPart = 'patient/genetics';

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
