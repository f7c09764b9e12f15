import { findCode, professions, type Compartment } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { civilDate, type DayNumber } from './days.ts';
import { staffFor, staffMember, type Caseload, type StaffMember } from './directory.ts';
import type { MembershipDraft } from './draft.ts';
import { phrases, type Track } from './material.ts';
import type { Profile } from './profile.ts';
import type { Random } from './random.ts';

/** The people around one client, called together as the plan turns out to need them. */
export type Team = {
  readonly custodian: StaffMember;
  /** Who of this profession answers in this client's matters. */
  readonly of: (profession: string) => StaffMember;
  /** Who steps in for a member: the same person throughout the plan, or nobody. */
  readonly deputyOf: (member: StaffMember) => StaffMember | null;
  readonly members: () => readonly StaffMember[];
  readonly memberships: (startDay: DayNumber, today: DayNumber) => readonly MembershipDraft[];
};

/** Of the first clients, every tenth has both in the team, so that two desks always share clients. */
const sharedClients = 2_000;

export const createTeam = (index: number, profile: Profile, random: Random): Team => {
  const caseload: Caseload = {
    area: profile.municipality.area,
    track: profile.track,
    language: profile.planLanguage,
  };
  const shared = index < sharedClients && index % 10 === 1;
  const members = new Map<string, StaffMember>();
  const deputies = new Map<Id, StaffMember | null>();
  const taken = new Set<Id>();

  const join = (member: StaffMember): StaffMember => {
    members.set(member.person.profession, member);
    taken.add(member.person.id);
    return member;
  };
  const of = (profession: string): StaffMember =>
    members.get(profession) ??
    join(staffFor(profession, caseload, taken, random) ?? staffMember('kaisa.vuorela'));

  const custodian = shared ? join(staffMember('kaisa.vuorela')) : of(custodianFor(profile, random));
  if (shared) join(staffMember('ville.saarela'));

  const deputyOf = (member: StaffMember): StaffMember | null => {
    const known = deputies.get(member.person.id);
    if (known !== undefined) return known;
    const deputy = random.chance(0.55)
      ? staffFor(member.person.profession, caseload, taken, random)
      : null;
    if (deputy) taken.add(deputy.person.id);
    deputies.set(member.person.id, deputy);
    return deputy;
  };

  return {
    custodian,
    of,
    deputyOf,
    members: () => [...members.values()],
    memberships: (startDay, today) => [
      ...currentMemberships(custodian, [...members.values()], profile, startDay, random),
      ...deputyMemberships([...deputies.values()], profile, startDay, today, random),
      ...passingMemberships(caseload, profile, taken, startDay, today, random),
    ],
  };
};

const custodianFor = (profile: Profile, random: Random): string => {
  if (profile.track === 'older-people') {
    return random.weighted([
      ['service-coordinator', 40],
      ['social-worker', 30],
      ['social-counsellor', 15],
      ['geronomist', 15],
    ]);
  }
  return random.weighted([
    ['social-worker', 55],
    ['social-counsellor', 45],
  ]);
};

const groundFor = (member: StaffMember, profile: Profile): string =>
  phrases[profile.planLanguage].membership[
    findCode(professions, member.person.profession)?.sector === 'social' ? 'social' : 'health'
  ];

const currentMemberships = (
  custodian: StaffMember,
  members: readonly StaffMember[],
  profile: Profile,
  startDay: DayNumber,
  random: Random,
): readonly MembershipDraft[] => {
  const words = phrases[profile.planLanguage].membership;
  return members.map((member) => {
    const own = member === custodian;
    return {
      member,
      role: own ? 'custodian' : random.chance(0.75) ? 'responsible' : 'participant',
      validFrom: civilDate(own ? startDay : startDay + random.below(15)),
      validTo: null,
      ground: own ? words.custodian : groundFor(member, profile),
    };
  });
};

const deputyMemberships = (
  deputies: readonly (StaffMember | null)[],
  profile: Profile,
  startDay: DayNumber,
  today: DayNumber,
  random: Random,
): readonly MembershipDraft[] =>
  deputies
    .filter((deputy) => deputy !== null)
    .map((member) => ({
      member,
      role: 'deputy',
      validFrom: civilDate(startDay + random.below(15)),
      validTo: random.chance(0.25) ? civilDate(today + random.between(20, 180)) : null,
      ground: phrases[profile.planLanguage].membership.deputy,
    }));

/** Those who left, those who are about to come, and those who are asked for advice. */
const passingMemberships = (
  caseload: Caseload,
  profile: Profile,
  taken: Set<Id>,
  startDay: DayNumber,
  today: DayNumber,
  random: Random,
): readonly MembershipDraft[] => {
  const words = phrases[profile.planLanguage].membership;
  const found: MembershipDraft[] = [];
  const add = (
    profession: string,
    make: (member: StaffMember) => Omit<MembershipDraft, 'member'>,
  ): void => {
    const member = staffFor(profession, caseload, taken, random);
    if (!member) return;
    taken.add(member.person.id);
    found.push({ member, ...make(member) });
  };
  if (random.chance(0.1)) {
    add(random.pick(['social-worker', 'social-counsellor', 'nurse', 'doctor']), () => ({
      role: 'participant',
      validFrom: civilDate(startDay - random.between(90, 400)),
      validTo: civilDate(random.between(startDay, today - 1)),
      ground: words.former,
    }));
  }
  if (random.chance(0.06)) {
    add(random.pick(['social-worker', 'psychologist', 'physiotherapist']), () => ({
      role: 'participant',
      validFrom: civilDate(today + random.between(5, 40)),
      validTo: null,
      ground: words.future,
    }));
  }
  if (random.chance(0.25)) {
    add(random.pick(consultedProfessions(profile)), (member) => ({
      role: 'consultant',
      validFrom: civilDate(random.between(startDay, today)),
      validTo: random.chance(0.5) ? civilDate(today + random.between(30, 90)) : null,
      ground: groundFor(member, profile),
    }));
  }
  return found;
};

const consultedProfessions = (profile: Profile): readonly string[] => {
  if (profile.parent) return ['midwife', 'public-health-nurse', 'dental-hygienist'];
  switch (profile.stage) {
    case 'child':
      return ['dentist', 'dental-hygienist', 'speech-therapist', 'nutrition-therapist'];
    case 'adult':
      return ['dentist', 'dental-hygienist', 'rehabilitation-counsellor', 'nutrition-therapist'];
    case 'older':
      return ['geronomist', 'dental-hygienist', 'speech-therapist', 'rehabilitation-counsellor'];
    default:
      return assertNever(profile.stage);
  }
};

const socialCompartments: Readonly<Record<Track, Compartment>> = {
  families: 'social/families',
  'working-age': 'social/working-age',
  'work-ability': 'social/working-age',
  'older-people': 'social/older-people',
};

/**
 * Where an entry of this professional belongs: what a social worker writes goes to the social welfare
 * register, what a nurse writes to the patient register (703/2023 46–48 §). The plan itself is joint.
 */
export const entryCompartment = (
  author: StaffMember,
  profile: Pick<Profile, 'track' | 'age'>,
): Compartment => {
  const { profession } = author.person;
  if (findCode(professions, profession)?.sector === 'social') {
    return socialCompartments[profile.track];
  }
  switch (profession) {
    case 'home-care-nurse':
      return 'patient/home-nursing';
    case 'nurse':
      if (author.unitName.includes('mielenterveys')) return 'patient/mental-health';
      return profile.track === 'older-people' ? 'patient/home-nursing' : 'patient/outpatient';
    case 'psychologist':
      return profile.track === 'families' && profile.age >= 7 && profile.age < 19
        ? 'patient/student-welfare'
        : 'patient/mental-health';
    case 'public-health-nurse':
      return profile.age >= 7 && profile.age < 19
        ? 'patient/student-welfare'
        : 'patient/maternity-child-clinic';
    case 'midwife':
      return 'patient/maternity-child-clinic';
    case 'physiotherapist':
    case 'occupational-therapist':
    case 'speech-therapist':
    case 'rehabilitation-counsellor':
      return 'patient/rehabilitation';
    case 'dentist':
    case 'dental-hygienist':
      return 'patient/oral-health';
    default:
      return 'patient/outpatient';
  }
};
