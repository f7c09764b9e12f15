import { describe, expect, test } from 'vitest';
import { planIdOf } from '#shared/domain/ids.ts';
import { mapResources, sampleResources } from '../../../tests/region/import.ts';
import type { ImportedRecord } from './imported-record.ts';

type Json = { readonly [name: string]: unknown };

const records = (...resources: readonly Json[]): readonly ImportedRecord[] => {
  const { clients, problems } = mapResources(resources);
  expect(problems).toStrictEqual([]);
  return clients.flatMap((client) => client.records);
};
const ofKind = (all: readonly ImportedRecord[], kind: string): readonly ImportedRecord[] =>
  all.filter((record) => record.kind === kind);
const one = (all: readonly ImportedRecord[], kind: string, title: string) => {
  const group = { need: 'heading', goal: 'statement', action: 'content' }[kind] ?? '';
  const found = ofKind(all, kind).find((record) => record.groups[group]?.['title'] === title);
  if (!found) throw new Error(`no ${kind} "${title}"`);
  return found;
};

const patient = (more: Json = {}): Json => ({
  resourceType: 'Patient',
  id: 'p1',
  name: [{ family: 'Koivu', given: ['Aino'] }],
  birthDate: '1990-01-01',
  communication: [{ language: { coding: [{ code: 'fi' }] } }],
  ...more,
});
const about = { subject: { reference: 'Patient/p1' } };
const identityOf = (more: Json) => records(patient(more))[0]?.groups['identity'];

describe('one person’s file', () => {
  const all = records(...sampleResources());
  const [client] = ofKind(all, 'client');

  test('becomes one client with one plan', () => {
    expect(ofKind(all, 'client')).toHaveLength(1);
    expect(ofKind(all, 'plan').map(({ id }) => id)).toStrictEqual([planIdOf(client?.id ?? '')]);
    expect(client?.groups).toMatchObject({
      identity: {
        familyName: 'Koivu',
        givenNames: 'Aino Maria',
        personalIdentityCode: '010190-900P',
      },
      language: { motherTongue: 'sv', serviceLanguage: 'sv' },
      protection: { restraintOnDisclosure: true },
      origin: { system: 'urn:koe:potilas', identifier: '17' },
    });
    expect(ofKind(all, 'contact').map(({ groups }) => groups)).toMatchObject([
      {
        contact: {
          streetAddress: 'Rantatie 1',
          postalCode: '37800',
          town: 'Akaa',
          municipality: 'Akaa',
        },
      },
    ]);
    expect(ofKind(all, 'representative')[0]?.groups['details']).toMatchObject({
      name: 'Eero Koivu',
      role: 'close-person',
      mayReceiveInformation: false,
    });
  });

  test('a care plan becomes a need with what it addresses, also what did not come along', () => {
    const need = one(all, 'need', 'Kotikuntoutus');
    expect(need.groups['heading']?.['lifeArea']).toBe('mobility');
    expect(need.groups['status']).toMatchObject({ status: 'in-progress' });
    expect(need.groups['origin']).toMatchObject({
      identifier: 'CarePlan/c1',
      label: 'Kotikuntoutus, 5/2026–',
    });
    expect(need.groups['assessment']?.['text']).toBe(
      'Voimassa lähteessä: 5/2026–\nTaustalla:\n– Lonkkamurtuma (alkaen 5.4.2026)\n– Kipu',
    );
  });

  test('its goals stand under it; an activity under the goal it names, else under one of its own', () => {
    const need = one(all, 'need', 'Kotikuntoutus');
    const goal = one(all, 'goal', 'Kauppaan kävellen');
    expect(goal.groups).toMatchObject({
      belonging: { needId: need.id },
      statement: { voice: 'client' },
      target: { date: '2026-12-24' },
      lifecycle: { status: 'active' },
      achievement: { achievement: 'improving', date: '2026-06-01' },
    });
    expect(one(all, 'goal', 'Portaat ilman tukea').groups['lifecycle']).toMatchObject({
      status: 'agreed',
    });
    expect(one(all, 'action', 'Kävelyharjoittelu').groups).toMatchObject({
      belonging: { goalId: goal.id },
      schedule: { frequency: '2 kertaa viikossa' },
      status: { status: 'in-progress' },
    });
    const common = one(all, 'goal', 'Suunnitellut toimet: Kotikuntoutus');
    expect(one(all, 'action', 'Ei tehdä: Hyppiminen').groups).toMatchObject({
      belonging: { goalId: common.id },
      status: { status: 'not-done', reason: 'Lähteessä ”stopped”, syytä ei kerrottu' },
    });
  });

  test('a condition that no plan addresses is a need; an addressed one is not repeated', () => {
    expect(one(all, 'need', 'Flunssa').groups['status']).toMatchObject({
      status: 'resolved',
      date: '2024-02-29',
    });
    expect(() => one(all, 'need', 'Lonkkamurtuma')).toThrow('no need');
  });

  test('medicines are followed up under one need, allergies listed in another', () => {
    expect(one(all, 'action', 'Parasetamoli 500 mg').groups).toMatchObject({
      content: {
        kind: 'medication-follow-up',
        description: '1–2 tablettia\nKäyttöaihe: Lonkkamurtuma\nMäärääjä: Liisa Hoitola',
      },
      schedule: { frequency: 'tarvittaessa', start: '2026-04-10' },
      responsibility: { responsibleId: null },
    });
    const allergies = one(all, 'need', 'Allergiat ja yliherkkyydet');
    expect(allergies.groups['assessment']?.['text']).toBe('– Penisilliini (suuri riski)');
  });

  test('practitioners are members with a ground and have no account', () => {
    const { clients } = mapResources(sampleResources());
    expect(clients[0]?.people).toMatchObject([
      { givenName: 'Liisa', familyName: 'Hoitola', profession: 'nurse', active: false },
    ]);
    expect(ofKind(all, 'membership')[0]?.once['grant']).toMatchObject({
      profession: 'nurse',
      validFrom: '2026-04-10',
      validTo: null,
      ground:
        'Tuotu toisesta järjestelmästä: omalääkäri tai vastuuhenkilö lähteessä, toimen toteuttaja lähteessä, hoitosuunnitelman laatija tai osallistuja lähteessä, lääkkeen määrääjä lähteessä',
    });
  });
});

describe('who the client is', () => {
  test.each([
    ['urn:oid:1.2.246.21', '010190-900P', '010190-900P', null],
    ['urn:oid:1.2.246.21', '010190–900p', '010190-900P', null],
    ['urn:oid:1.2.246.21', '010190-900X', null, '010190-900X'],
    ['http://hl7.org/fhir/sid/us-ssn', '010190-900P', null, null],
  ])('%s %s → code %s, temporary id %s', (system, value, code, temporary) => {
    expect(identityOf({ identifier: [{ system, value }] })).toMatchObject({
      personalIdentityCode: code,
      temporaryId: temporary,
    });
  });

  test.each([
    ['1990', null],
    ['1990-05', null],
    ['9999-01-01', null],
    ['2024-02-29', '2024-02-29'],
  ])('birth date %s → %s, and never a made-up day', (birthDate, day) => {
    expect(identityOf({ birthDate })).toMatchObject({
      birthDate: day,
      temporaryId: day === null ? 'Patient/p1' : null,
    });
  });

  test('29 February of a common year is refused by name', () => {
    const { clients, problems } = mapResources([patient({ birthDate: '2023-02-29' })]);
    expect(clients).toStrictEqual([]);
    expect(problems).toMatchObject([{ path: 'Patient.birthDate', code: 'structure' }]);
  });

  test.each([
    [[{ language: { coding: [{ code: 'smn' }] } }], 'smn', 'smn'],
    [[{ language: { coding: [{ code: 'en-US' }] } }], 'en', 'en'],
    [[{ language: { coding: [{ code: 'so' }], text: 'somali' } }], 'so', 'other'],
    [undefined, '', 'fi'],
  ])('language %j → %s, %s', (communication, motherTongue, serviceLanguage) => {
    const [client] = records(patient({ communication }));
    expect(client?.groups['language']).toMatchObject({ motherTongue, serviceLanguage });
  });

  test('a dead client’s plan has ended and says so', () => {
    const plan = ofKind(records(patient({ deceasedDateTime: '2008-12-14' })), 'plan')[0];
    expect(plan?.groups['situation']).toStrictEqual({ text: 'Asiakas on kuollut 14.12.2008.' });
    expect(plan?.once['course']).toMatchObject({ status: 'ended' });
  });

  test('several patients are several clients, one person twice is one', () => {
    const code = [{ system: 'urn:oid:1.2.246.21', value: '010190-900P' }];
    const { clients, warnings } = mapResources([
      patient({ identifier: code }),
      patient({ id: 'p2', identifier: code }),
      patient({ id: 'p3', name: [{ family: 'Mänty' }] }),
    ]);
    expect(clients).toHaveLength(2);
    expect(warnings.filter(({ kind }) => kind === 'two-versions')).toHaveLength(1);
  });

  test('two people with one id and no identifier are never made one', () => {
    const { clients, problems } = mapResources([
      patient(),
      patient({ name: [{ family: 'Mänty' }], birthDate: '1950-03-04' }),
    ]);
    expect(clients).toHaveLength(1);
    expect(problems).toMatchObject([{ code: 'same-id', path: 'Patient.id' }]);
  });
});

describe('states and dates', () => {
  test.each([
    ['proposed', 'proposed'],
    ['planned', 'agreed'],
    ['accepted', 'agreed'],
    ['active', 'active'],
    ['on-hold', 'on-hold'],
    ['completed', 'ended'],
    ['cancelled', 'cancelled'],
    ['rejected', 'cancelled'],
  ])('a goal %s is %s', (lifecycleStatus, status) => {
    const goal = {
      resourceType: 'Goal',
      id: 't',
      lifecycleStatus,
      description: { text: 'T' },
      ...about,
    };
    const all = records(patient(), goal);
    expect(one(all, 'goal', 'T').groups['lifecycle']).toMatchObject({ status });
    expect(one(all, 'need', 'Muut tavoitteet').list).toBe('needs');
  });

  test.each([
    ['in-progress', 'not-assessed'],
    ['improving', 'improving'],
    ['worsening', 'worsening'],
    ['no-change', 'no-change'],
    ['achieved', 'achieved'],
    ['sustaining', 'achieved'],
    ['not-achieved', 'not-achieved'],
    ['no-progress', 'no-change'],
    ['not-attainable', 'not-achieved'],
    ['something-else', 'not-assessed'],
  ])('achievement %s is %s', (code, achievement) => {
    const goal = {
      resourceType: 'Goal',
      lifecycleStatus: 'active',
      achievementStatus: { coding: [{ code }] },
      description: { text: 'T' },
      ...about,
    };
    const all = records(patient(), goal);
    expect(one(all, 'goal', 'T').groups['achievement']).toMatchObject({ achievement });
  });

  test.each([
    ['not-started', 'agreed'],
    ['scheduled', 'agreed'],
    ['in-progress', 'in-progress'],
    ['on-hold', 'agreed'],
    ['completed', 'done'],
    ['cancelled', 'not-done'],
    ['stopped', 'not-done'],
    ['unknown', 'proposed'],
  ])('an activity %s is %s, and what is not done has a reason', (status, expected) => {
    const plan = {
      resourceType: 'CarePlan',
      status: 'active',
      intent: 'plan',
      activity: [{ detail: { code: { text: 'K' }, status } }],
      ...about,
    };
    const value = one(records(patient(), plan), 'action', 'K').groups['status'];
    expect(value).toMatchObject({ status: expected });
    if (expected === 'not-done') expect(value?.['reason']).not.toBe('');
  });

  test.each([
    [{ start: '2019', end: '2020' }, '2019-01-01', '2020-12-31'],
    [{ start: '2019-05', end: '2020-02' }, '2019-05-01', '2020-02-29'],
    [{ start: '2019-05-07T23:59:59+00:00', end: '9999-12-31' }, '2019-05-07', null],
  ])('the period %j is %s–%s', (scheduledPeriod, start, end) => {
    const plan = {
      resourceType: 'CarePlan',
      status: 'active',
      intent: 'plan',
      activity: [{ detail: { code: { text: 'K' }, status: 'scheduled', scheduledPeriod } }],
      ...about,
    };
    const { clients, warnings } = mapResources([patient(), plan]);
    const all = clients.flatMap((client) => client.records);
    expect(one(all, 'action', 'K').groups['schedule']).toMatchObject({ start, end });
    const kinds = new Set(warnings.map(({ kind }) => kind));
    expect(kinds.has('date-out-of-range')).toBe(end === null);
  });

  test('what is marked wrong at the source is not taken in as new', () => {
    const condition = {
      resourceType: 'Condition',
      verificationStatus: { coding: [{ code: 'entered-in-error' }] },
      code: { text: 'Väärä' },
      ...about,
    };
    const { clients, warnings } = mapResources([patient(), condition]);
    const record = clients[0]?.records.find(({ kind }) => kind === 'need');
    expect(record?.onlyIfKnown).toBe(true);
    expect(warnings.map(({ kind }) => kind)).toContain('marked-wrong');
  });
});

describe('what does not fit', () => {
  const plan = (more: Json): Json => ({
    resourceType: 'CarePlan',
    id: 'c',
    status: 'active',
    intent: 'plan',
    title: 'S',
    ...about,
    ...more,
  });

  test.each([
    ['a required code of another kind', plan({ status: 'hups' }), 'code', 'CarePlan.status'],
    ['a missing field', plan({ intent: undefined }), 'structure', 'CarePlan.intent'],
    ['a field that FHIR R4 has not', plan({ hups: 1 }), 'structure', 'CarePlan.hups'],
    ['NUL in a text', plan({ title: 'a\u0000b' }), 'text', ''],
    ['half a character', plan({ title: '\uD83D' }), 'text', ''],
    ['a text of a megabyte', plan({ description: 'x'.repeat(1_000_000) }), 'text', ''],
    [
      'a subject that is not there',
      plan({ subject: { reference: 'Patient/x' } }),
      'no-patient',
      'CarePlan.subject',
    ],
    [
      'a group of people',
      plan({ subject: { reference: 'Group/1' } }),
      'no-patient',
      'CarePlan.subject',
    ],
  ])('%s is named, and the client goes in without it', (_, resource, code, path) => {
    const { clients, problems } = mapResources([patient(), resource]);
    expect(problems).toMatchObject([{ entry: 'entry 2', code, path }]);
    expect(clients).toHaveLength(1);
    expect(clients[0]?.records.some(({ kind }) => kind === 'need')).toBe(false);
  });

  test('markup stays text, and a narrative loses its marks', () => {
    const title = '<img src=x onerror=alert(1)>';
    const div = '<div xmlns="http://www.w3.org/1999/xhtml"><p>Laihdutus &amp; liikunta</p></div>';
    const all = records(patient(), plan({ title, text: { status: 'additional', div } }));
    expect(one(all, 'need', title).groups['assessment']?.['text']).toBe('Laihdutus & liikunta');
  });

  test('a long goal keeps its whole text below a short title', () => {
    const text = 'Asiakas kävelee itse kauppaan. '.repeat(40).trim();
    const goal = {
      resourceType: 'Goal',
      lifecycleStatus: 'active',
      description: { text },
      ...about,
    };
    const [record] = ofKind(records(patient(), goal), 'goal');
    expect(record?.groups['statement']?.['description']).toBe(text);
    expect(record?.groups['statement']?.['title']).toMatch(/^.{1,199}…$/u);
  });
});
