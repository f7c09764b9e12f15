import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jointPlan, permissionsCompartment } from '#shared/domain/codes.ts';
import { addDays, finnishDate } from '#shared/domain/civil-date.ts';
import type { Absence, Person } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
import { err } from '#shared/lib/result.ts';
import { previewAccess } from '#main/core/rights/preview.ts';
import { whoSees } from '#main/core/rights/who-sees.ts';
import { anId, bareDesk, grantOf, staffMember, type BareDesk } from './device-fixture.ts';

const nursing = 'patient/home-nursing';
const older = 'social/older-people';
const unitId = anId();

const nurse = staffMember('home-care-nurse', 'limited-health');
const doctor = staffMember('doctor', 'broad-health');
const coming = staffMember('geronomist', 'arranging-social-services');
const rounder = staffMember('home-care-nurse', 'limited-health', { round: true, unitId });
const deputy = staffMember('home-care-nurse', 'limited-health');
const stranger = staffMember('doctor', 'broad-health');

let bare: BareDesk;
let caseId: Id;
const memberships = new Map<Id, Id>();

const member = (of: Person, role: string, validFrom = '2026-01-01') => {
  const recordId = anId();
  memberships.set(of.id, recordId);
  return bare.other({
    caseId,
    recordId,
    kind: 'membership',
    group: 'grant',
    value: {
      personId: of.id,
      profession: of.profession,
      taskClass: of.taskClass,
      role,
      validFrom,
      validTo: null,
      ground: '',
    },
  });
};

beforeAll(async () => {
  bare = await bareDesk();
  Object.assign(bare.desk, {
    person: { ...bare.desk.person, taskClass: 'broad-client-responsibility' },
  });
  ({ caseId } = bare.client());
  const absence: Absence = {
    id: anId(),
    personId: nurse.id,
    deputyId: deputy.id,
    validFrom: '2026-11-01',
    validTo: '2026-11-30',
    caseIds: null,
  };
  const care = bare.other({
    caseId,
    recordId: caseId,
    kind: 'client',
    group: 'care',
    value: { unitId },
  });
  bare.take({
    changes: [
      member(nurse, 'participant'),
      member(doctor, 'consultant'),
      member(coming, 'participant', '2026-12-01'),
      care,
    ].map((change, index) => ({ seq: 9_000 + index, change })),
    entered: [{ caseId, compartment: permissionsCompartment }],
    grants: [
      grantOf(caseId, { role: 'custodian' }),
      grantOf(caseId, { compartment: permissionsCompartment, role: 'custodian' }),
    ],
    directory: {
      revision: 1,
      units: [],
      people: [bare.desk.person, nurse, doctor, coming, rounder, deputy, stranger],
      absences: [absence],
    },
  });
});
afterAll(() => bare.end());

const who = () => {
  const seen = whoSees(bare.desk, caseId);
  if (!seen.ok) throw new Error(seen.error.code);
  return seen.value;
};
const partOf = (personId: Id, compartment: string) =>
  who()
    .people.find((each) => each.personId === personId)
    ?.parts.find((part) => part.compartment === compartment);

const permission = (direction: string, compartments: readonly string[], content = {}) => ({
  direction,
  compartments: [...compartments],
  unitIds: [],
  validFrom: '2026-01-01',
  validTo: null,
  text: '',
  givenBy: 'Asiakas',
  way: 'in-person',
  ...content,
});
const preview = (
  kind: Parameters<typeof previewAccess>[1]['kind'],
  value: Parameters<typeof previewAccess>[1]['value'],
  recordId = anId(),
) => {
  const done = previewAccess(bare.desk, { caseId, kind, recordId, value });
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  return done.value;
};

describe('who sees what', () => {
  it('is told for the team, present and coming, deputies, the round and oneself, and nobody else', () => {
    const { people, compartments } = who();
    expect(people.map(({ personId }) => personId).toSorted()).toEqual(
      [bare.desk.person, nurse, doctor, coming, rounder, deputy].map(({ id }) => id).toSorted(),
    );
    expect(compartments.slice(0, 3)).toEqual(['joint/plan', 'joint/contact', 'joint/permissions']);
    expect(compartments).toContain(nursing);
    expect(partOf(nurse.id, nursing)).toMatchObject({ allowed: true, basis: 'relation' });
    expect(partOf(nurse.id, permissionsCompartment)).toMatchObject({ because: 'not-in-task' });
    expect(partOf(doctor.id, older)).toMatchObject({ because: 'other-register' });
    expect(partOf(coming.id, jointPlan)).toMatchObject({ because: 'relation-not-begun' });
    expect(partOf(deputy.id, nursing)).toMatchObject({ allowed: true, relation: 'absence' });
    expect(partOf(rounder.id, nursing)).toMatchObject({ allowed: true, relation: 'round' });
    const own = people.find(({ personId }) => personId === bare.desk.person.id);
    expect(own).toMatchObject({ relation: 'team', role: 'custodian' });
  });

  it('is not for somebody who may not read permissions', () => {
    const other = bare.client();
    const reader = { ...bare.desk, person: nurse };
    expect(whoSees(reader, other.caseId)).toEqual(err({ code: 'no-access' }));
    const edit = { caseId: other.caseId, kind: 'consent' as const, recordId: anId(), value: null };
    expect(previewAccess(reader, edit)).toEqual(err({ code: 'no-access' }));
    expect(whoSees(bare.desk, anId())).toEqual(err({ code: 'not-on-this-device' }));
  });
});

describe('what an edit would open and close', () => {
  it('a permission opens one direction, for the professions that it reaches', () => {
    const { opens, closes, notes } = preview('permission', permission('social-to-health', [older]));
    expect(opens).toContainEqual(
      expect.objectContaining({ personId: doctor.id, compartment: older, basis: 'permission' }),
    );
    expect(opens.map(({ personId }) => personId)).not.toContain(bare.desk.person.id);
    expect(closes).toEqual([]);
    expect(notes).toEqual([]);
  });

  it('a prohibition over a running joint service is said, and closes what a permission opened', () => {
    const service = bare.other({
      caseId,
      kind: 'joint-service',
      compartment: permissionsCompartment,
      group: 'scope',
      value: {
        name: 'Kotihoito',
        compartments: [nursing, older],
        validFrom: '2026-01-01',
        validTo: null,
      },
    });
    const allowed = bare.other({
      caseId,
      kind: 'permission',
      compartment: permissionsCompartment,
      group: 'scope',
      value: permission('health-to-social', ['patient/outpatient']),
    });
    bare.take({
      changes: [
        { seq: 9_100, change: service },
        { seq: 9_101, change: allowed },
      ],
    });
    const ban = {
      level: 'all',
      register: null,
      compartments: [],
      recordId: null,
      validFrom: '2026-01-01',
      validTo: null,
      text: '',
      givenBy: '',
      way: 'phone',
    };
    const { closes, notes } = preview('prohibition', ban);
    expect(closes).toContainEqual({
      personId: bare.desk.person.id,
      compartment: 'patient/outpatient',
      because: 'prohibited',
    });
    expect(closes.map(({ compartment }) => compartment)).not.toContain(nursing);
    expect(notes).toEqual(['over-joint-service']);
    // Taking the joint service back closes what it opened.
    const without = preview('joint-service', null, service.recordId);
    expect(without.closes).toContainEqual(
      expect.objectContaining({ personId: bare.desk.person.id, compartment: nursing }),
    );
  });

  it('a new member, and the end of one, are shown like permissions', () => {
    const joined = preview('membership', {
      personId: stranger.id,
      profession: 'doctor',
      taskClass: 'broad-health',
      role: 'participant',
      validFrom: '2026-01-01',
      validTo: null,
      ground: '',
    });
    expect(joined.opens).toContainEqual(
      expect.objectContaining({ personId: stranger.id, compartment: nursing }),
    );
    const gone = preview('membership', null, memberships.get(doctor.id));
    expect(gone.closes).toContainEqual({
      personId: doctor.id,
      compartment: jointPlan,
      because: 'no-relation',
    });
    expect(gone.opens).toEqual([]);
  });

  it('one that begins later is looked at on its first day; one that is over opens nothing', () => {
    const later = preview(
      'permission',
      permission('social-to-health', ['social/working-age'], { validFrom: '2026-12-24' }),
    );
    expect(later.notes).toEqual(['begins-later']);
    expect(later.opens.map(({ personId }) => personId)).toContain(doctor.id);
    const over = preview(
      'permission',
      permission('social-to-health', ['social/working-age'], { validTo: '2026-02-01' }),
    );
    expect(over).toEqual({ opens: [], closes: [], notes: ['already-over'] });
    const nobody = preview('permission', permission('social-to-health', ['social/shelter']));
    expect(nobody.notes).toEqual(['nobody-concerned']);
  });

  it('an end on a day to come closes from the day after it, a later end keeps open what would have closed', () => {
    const today = finnishDate(bare.desk.now());
    const place = (validTo: string | null) => ({
      personId: doctor.id,
      profession: 'doctor',
      taskClass: 'broad-health',
      role: 'participant',
      validFrom: '2026-01-01',
      validTo,
      ground: '',
    });
    const membershipId = memberships.get(doctor.id);
    for (const lastDay of [today, addDays(today, 40)]) {
      const ending = preview('membership', place(lastDay), membershipId);
      expect(ending.closes).toContainEqual({
        personId: doctor.id,
        compartment: jointPlan,
        because: 'relation-ended',
      });
      expect(ending.opens).toEqual([]);
      expect(ending.notes).toEqual(['after-last-day']);
    }
    const short = bare.other({
      caseId,
      kind: 'permission',
      compartment: permissionsCompartment,
      group: 'scope',
      value: permission('social-to-health', ['social/working-age'], { validTo: addDays(today, 3) }),
    });
    bare.take({ changes: [{ seq: 9_200, change: short }] });
    const longer = preview(
      'permission',
      permission('social-to-health', ['social/working-age'], { validTo: addDays(today, 30) }),
      short.recordId,
    );
    expect(longer.opens).toContainEqual(
      expect.objectContaining({ personId: doctor.id, compartment: 'social/working-age' }),
    );
    expect(longer.notes).toEqual(['after-last-day']);
  });

  it('a value that could not be written is told at its place', () => {
    const edit = { caseId, kind: 'permission' as const, recordId: anId() };
    expect(
      previewAccess(bare.desk, { ...edit, value: permission('social-to-health', []) }),
    ).toEqual(err({ code: 'required', path: 'value.compartments' }));
  });
});
