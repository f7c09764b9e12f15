import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jointPlan, permissionsCompartment } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { UseEntry } from '#shared/domain/use-log/entry.ts';
import { showMeeting } from '#main/core/meetings/show-meeting.ts';
import { anId, bareDesk, grantOf, staffMember, type BareDesk } from './device-fixture.ts';

const nursing = 'patient/home-nursing';

const nurse = staffMember('home-care-nurse', 'limited-health', {});
const geronomist = staffMember('geronomist', 'arranging-social-services', {});
const stranger = staffMember('doctor', 'broad-health', {});

let bare: BareDesk;
beforeAll(async () => {
  bare = await bareDesk();
});
afterAll(() => bare.end());

/** A client with a part of the patient record besides the plan; nurse and geronomist are of the team. */
const client = (withPermissions = true): Id => {
  const { caseId } = bare.client();
  const members = [nurse, geronomist].map((of) =>
    bare.other({
      caseId,
      kind: 'membership',
      group: 'grant',
      value: {
        personId: of.id,
        profession: of.profession,
        taskClass: of.taskClass,
        role: 'participant',
        validFrom: '2026-01-01',
        validTo: null,
        ground: '',
      },
    }),
  );
  const held = [nursing, ...(withPermissions ? [permissionsCompartment] : [])];
  bare.take({
    changes: members.map((change, index) => ({ seq: 30_000 + index, change })),
    entered: held.map((compartment) => ({ caseId, compartment })),
    grants: [
      grantOf(caseId, { role: 'custodian' }),
      ...held.map((compartment) => grantOf(caseId, { compartment, role: 'custodian' })),
    ],
    directory: {
      revision: 1,
      units: [],
      people: [bare.desk.person, nurse, geronomist, stranger],
      absences: [],
    },
  });
  return caseId;
};

const meetingId = anId();
const show = (
  caseId: Id,
  present: { readonly personIds?: readonly Id[]; readonly others?: readonly 'client'[] },
) => {
  const shown = showMeeting(bare.desk, {
    caseId,
    meetingId,
    personIds: [...(present.personIds ?? [])],
    others: [...(present.others ?? [])],
  });
  if (!shown.ok) throw new Error(shown.error.code);
  return shown.value.compartments.toSorted();
};

/** Who saw what, as the log of use has it of a client's meetings. */
const logged = (caseId: Id) =>
  bare.desk.db
    .all<{ body: string }>('SELECT body FROM use_log ORDER BY no')
    .map(({ body }) => JSON.parse(body) as UseEntry)
    .filter((entry) => entry.caseId === caseId && entry.what.screen === 'meeting');

describe('a meeting on a shared screen', () => {
  it('shows whoever sits at the desk alone what they hold', () => {
    expect(show(client(), {})).toEqual(expect.arrayContaining([jointPlan, nursing]));
  });

  it('shows what all of the staff present may see, and not what one of them may not', () => {
    const caseId = client();
    expect(show(caseId, { personIds: [nurse.id] })).toContain(nursing);
    expect(show(caseId, { personIds: [nurse.id, geronomist.id] })).not.toContain(nursing);
    expect(show(caseId, { personIds: [nurse.id, geronomist.id] })).toContain(jointPlan);
  });

  it('shows nothing once somebody is there who has no relation to the client', () => {
    expect(show(client(), { personIds: [stranger.id] })).toEqual([]);
  });

  it('shows the joint plan alone when the client is there', () => {
    expect(show(client(), { personIds: [nurse.id], others: ['client'] })).toEqual([jointPlan]);
  });

  it('is logged for each of the staff with the parts shown, and for nobody else', () => {
    const caseId = client();
    show(caseId, { personIds: [nurse.id, geronomist.id], others: ['client'] });
    const entries = logged(caseId);
    expect(new Set(entries.map(({ what }) => what.subjectId))).toEqual(
      new Set([bare.desk.person.id, nurse.id, geronomist.id]),
    );
    for (const { compartments } of entries) expect(compartments).toEqual([jointPlan]);
    const stays = client();
    show(stays, { personIds: [stranger.id] });
    expect(logged(stays)).toEqual([]);
  });

  it('is of a client who is on this computer', () => {
    const absent = showMeeting(bare.desk, { caseId: anId(), meetingId, personIds: [], others: [] });
    expect(absent).toMatchObject({ ok: false, error: { code: 'not-on-this-device' } });
  });
});
