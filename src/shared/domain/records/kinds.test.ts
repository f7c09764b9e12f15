import { describe, expect, test } from 'vitest';
import type { KindDefinition } from './group.ts';
import { existenceGroup, groupDefinition, kindDefinition, policyOf, recordKinds } from './kinds.ts';

/**
 * Every group that was ever shipped, with its fields. Lines are added, never changed or taken away: a
 * field that moved to another group would lose its history, and older programs would write it in both.
 */
const shipped: { readonly [group: string]: string } = {
  'client/identity':
    'birthDate familyName givenNames personalIdentityCode preferredName temporaryId',
  'client/language': 'communication interpreter motherTongue serviceLanguage',
  'client/protection': 'restraintOnDisclosure',
  'client/care': 'unitId',
  'client/origin': 'identifier label system',
  'contact/contact': 'email municipality phone postalCode streetAddress town',
  'contact/origin': 'identifier label system',
  'representative/details': 'mayReceiveInformation name phone role taskInPlan',
  'plan/what-matters': 'text',
  'plan/situation': 'text',
  'plan/strengths': 'text',
  'plan/custodian': 'personId',
  'plan/review': 'date',
  'plan/course': 'status track',
  'plan/functioning': 'text',
  'plan/current-services': 'text',
  'plan/circumstances': 'text',
  'plan/client-assessment': 'text',
  'plan/professional-assessment': 'text',
  'plan/earlier-goals': 'attainment clientView text',
  'plan/other-means': 'text',
  'plan/meetings': 'frequency place',
  'plan/rights-information': 'date personId text way',
  'plan/further-steps': 'text',
  'plan/duration': 'text until',
  'plan/recipients': 'text',
  'plan/acceptance': 'date givenBy state text way',
  'need/heading': 'lifeArea title',
  'need/client-words': 'text',
  'need/assessment': 'text',
  'need/status': 'date reason status',
  'need/order': 'key',
  'need/origin': 'identifier label system',
  'goal/belonging': 'needId',
  'goal/statement': 'description title voice',
  'goal/target': 'date',
  'goal/lifecycle': 'date reason status',
  'goal/achievement': 'achievement date grounds',
  'goal/scale': 'difficulty importance minus1 minus2 plus1 plus2 start zero',
  'goal/family-part': 'id isCommon',
  'goal/order': 'key',
  'goal/origin': 'identifier label system',
  'action/belonging': 'goalId',
  'action/content': 'description kind title',
  'action/schedule': 'end frequency start',
  'action/responsibility': 'deputyId responsibleId',
  'action/provider': 'name type',
  'action/status': 'date reason status',
  'action/service': 'isNecessary name text',
  'action/family-part': 'id isCommon',
  'action/order': 'key',
  'action/origin': 'identifier label system',
  'rating/rating': 'comment date goalId level view',
  'dissenting-view/view': 'about date name text whose',
  'plan-meeting/course': 'endedAt startedAt',
  'plan-meeting/meeting': 'about date participants personIds place way',
  'contingency/measure': 'name phone testedOn text trigger',
  'family-member/member': 'name relation tie',
  'diagnosis/diagnosis': 'code name since',
  'diagnosis/follow-up': 'how nextOn personId profession text',
  'diagnosis/state': 'date state',
  'medication/medicine': 'name purpose use',
  'medication/follow-up': 'followed how nextOn personId profession text',
  'medication/state': 'date reason state',
  'membership/grant': 'ground personId profession role supervisorId taskClass validFrom validTo',
  'note/entry': 'corrects happenedAt kind text',
  'note/origin': 'identifier label system',
  'visit/report': 'corrects goals medication minutes observation startedAt tasks',
  'request/question': 'due group kind personId profession recordId text',
  'request/answer': 'date state text',
  'risk/risk': 'means notedOn personId type',
  'risk/guidance': 'text',
  'risk/check': 'checkedOn nextOn',
  'risk/state': 'date reason state',
  'health-risk/risk': 'means notedOn personId type',
  'health-risk/guidance': 'text',
  'health-risk/check': 'checkedOn nextOn',
  'health-risk/state': 'date reason state',
  'social-risk/risk': 'means notedOn personId type',
  'social-risk/guidance': 'text',
  'social-risk/check': 'checkedOn nextOn',
  'social-risk/state': 'date reason state',
  'acknowledgment/receipt': 'changeId recordId',
  'plan-acknowledgment/version': 'digest',
  'joint-service/scope': 'compartments name validFrom validTo',
  'permission/scope': 'compartments direction givenBy text unitIds validFrom validTo way',
  'consent/scope': 'givenBy sectors text validFrom validTo way',
  'prohibition/scope': 'compartments givenBy level recordId register text validFrom validTo way',
  'guardian-prohibition/scope':
    'compartments decision givenBy reason representativeIds text validFrom validTo way',
};

const kinds = Object.entries<KindDefinition>(recordKinds);

const now: { readonly [group: string]: string | undefined } = Object.fromEntries(
  kinds.flatMap(([kind, { groups }]) =>
    Object.entries(groups).map(([group, { schema }]) => [
      `${kind}/${group}`,
      Object.keys(schema.shape).toSorted().join(' '),
    ]),
  ),
);

describe('kinds of records', () => {
  test.each(Object.entries(shipped))('G2 the fields of %s stay in their group', (group, fields) => {
    expect(now[group]?.split(' ')).toEqual(expect.arrayContaining(fields.split(' ')));
  });

  test('G2 every group is in the list of what was shipped', () => {
    expect(Object.keys(now).filter((group) => shipped[group] === undefined)).toEqual([]);
  });

  test('G7 every group keeps fields that this program does not know', () => {
    for (const [, { groups }] of kinds) {
      for (const { schema } of Object.values(groups)) {
        const told = schema.partial().parse({ 'a-later-field': { deep: [1] } });
        expect(told).toEqual({ 'a-later-field': { deep: [1] } });
      }
    }
  });

  test('G7 M3 an unknown kind or group waits for a person, whatever its name', () => {
    for (const name of ['unknown', '__proto__', 'constructor', 'toString', '']) {
      expect(kindDefinition(name)).toBeUndefined();
      expect(groupDefinition('need', name)).toBeUndefined();
      expect(policyOf(name, name)).toBe('decide');
    }
    expect(policyOf('need', existenceGroup)).toBe('decide');
  });

  test('G6 notes and visits are written once', () => {
    expect(recordKinds.note.appendOnly).toBe(true);
    expect(recordKinds.visit.appendOnly).toBe(true);
  });

  test('M7 latest orders lists and nothing else', () => {
    for (const [kind, { groups }] of kinds) {
      for (const group of Object.keys(groups)) {
        expect(policyOf(kind, group) === 'latest').toBe(group === 'order');
      }
    }
  });
});
