import { compartments, registerOf, type Compartment } from '#shared/domain/codes.ts';

/**
 * What each professional is meant to reach, written down by hand from the law and the role table, apart
 * from the rules' data and the function that reads it: the matrix holds the server to this.
 */

const all: readonly Compartment[] = compartments.map(({ id }) => id);
const restricted = ['social/family-mediation', 'social/shelter', 'social/therapeutic-work'];
const protectedParts = [
  'patient/mental-health',
  'patient/psychologist',
  'patient/genetics',
  'patient/sexual-therapy',
];
const social = all.filter((part) => registerOf(part) === 'social' && !restricted.includes(part));
const patient = all.filter(
  (part) => registerOf(part) === 'patient' && !protectedParts.includes(part),
);
const joint = ['joint/plan', 'joint/contact', 'joint/permissions'];
const planAndContact = ['joint/plan', 'joint/contact'];

export type Professional = {
  readonly name: string;
  readonly profession: string;
  readonly sector: 'social' | 'health' | 'external' | 'none';
  /** By a relation alone: to read and to write. */
  readonly own: readonly Compartment[];
  /** Of the other register, by a joint service or a permission that names it: to read. */
  readonly other: readonly Compartment[];
  /** Whether a round is in the task. */
  readonly round: boolean;
  readonly taskClass?: string;
};

export const professionals: readonly Professional[] = [
  {
    name: 'social worker',
    profession: 'social-worker',
    sector: 'social',
    own: [...joint, ...social],
    other: patient,
    round: false,
  },
  {
    name: 'service coordinator',
    profession: 'service-coordinator',
    sector: 'social',
    own: [...joint, 'social/families', 'social/working-age', 'social/older-people'],
    other: patient,
    round: false,
  },
  {
    name: 'family worker',
    profession: 'family-worker',
    sector: 'social',
    own: [...planAndContact, 'social/families'],
    other: [],
    round: true,
  },
  {
    name: 'doctor',
    profession: 'doctor',
    sector: 'health',
    own: [...joint, ...patient],
    other: social,
    round: true,
  },
  {
    name: 'physiotherapist',
    profession: 'physiotherapist',
    sector: 'health',
    own: [...planAndContact, 'patient/rehabilitation'],
    other: social,
    round: true,
  },
  {
    name: 'home-care nurse',
    profession: 'home-care-nurse',
    sector: 'health',
    own: [...planAndContact, 'patient/home-nursing', 'social/older-people'],
    other: social,
    round: true,
  },
  {
    name: 'nutrition therapist',
    profession: 'nutrition-therapist',
    sector: 'health',
    own: [...planAndContact, 'patient/outpatient'],
    other: [],
    round: true,
  },
  {
    name: 'psychologist',
    profession: 'psychologist',
    sector: 'health',
    own: [...joint, ...patient, 'patient/mental-health', 'patient/psychologist'],
    other: social,
    round: true,
  },
  {
    name: 'office worker',
    profession: 'other-professional',
    taskClass: 'support-and-administration',
    sector: 'none',
    own: [],
    other: [],
    round: false,
  },
  {
    name: 'partner of an association',
    profession: 'external-partner',
    sector: 'external',
    own: ['joint/plan'],
    other: [],
    round: false,
  },
];

/** How a professional stands to the client. `reach`: what of the professional's own parts it opens. */
export type Standing = {
  readonly name: string;
  readonly reach: 'all' | 'plan' | 'none';
  readonly writes: boolean;
  /** Whether the other register may open besides. */
  readonly crosses: boolean;
  /** Work that comes in is for review rather than refused: there was a right once. */
  readonly onceHad: boolean;
};

const standing = (
  name: string,
  reach: Standing['reach'],
  more: Partial<Standing> = {},
): Standing => ({
  name,
  reach,
  writes: reach === 'all',
  crosses: reach === 'all',
  onceHad: false,
  ...more,
});

export const standings = {
  stranger: standing('a stranger', 'none'),
  member: standing('a member of the team', 'all'),
  custodian: standing('the custodian', 'all'),
  former: standing('a former member', 'none', { onceHad: true }),
  coming: standing('a member from tomorrow on', 'none'),
  consultant: standing('a consultant', 'all'),
  student: standing('a student whose supervisor is in the team', 'all'),
  studentAlone: standing('a student whose supervisor has left', 'none', { onceHad: true }),
  partner: standing('let in as a partner, with a consent', 'plan', {
    writes: false,
    crosses: false,
  }),
  partnerWithout: standing('let in as a partner, without a consent', 'none', { onceHad: true }),
  round: standing('on the unit’s round', 'all', { crosses: false }),
  otherRound: standing('on another unit’s round', 'none'),
  deputy: standing('standing in for the custodian', 'all'),
  deputyLater: standing('standing in from tomorrow on', 'none'),
  opening: standing('with the client opened on a ground', 'all'),
  openingOver: standing('whose opening is over', 'none'),
  ownRecord: standing('the client’s own self, in the team', 'none', { onceHad: true }),
} as const;
export type StandingName = keyof typeof standings;

/** What the client's permissions open besides: the named parts of each register, or nothing. */
export type Sharing = {
  readonly name: string;
  readonly social: readonly Compartment[];
  readonly patient: readonly Compartment[];
  /** A joint service takes in only those with a side of their own in it. */
  readonly bothSides: boolean;
  readonly restraint: boolean;
};

export const sharings: readonly Sharing[] = [
  { name: 'nothing shared', social: [], patient: [], bothSides: false, restraint: false },
  {
    name: 'a joint service',
    social: ['social/older-people'],
    patient: ['patient/home-nursing', 'patient/rehabilitation', 'patient/outpatient'],
    bothSides: true,
    restraint: false,
  },
  {
    name: 'permissions both ways',
    social: ['social/older-people'],
    patient: ['patient/home-nursing', 'patient/outpatient'],
    bothSides: false,
    restraint: false,
  },
  {
    name: 'permissions under a prohibition',
    social: [],
    patient: [],
    bothSides: false,
    restraint: true,
  },
];

export type Expected = 'write' | 'read' | 'nothing';

const restrainedFrom: readonly StandingName[] = ['consultant', 'student', 'opening', 'partner'];

/** What the professional in this standing may do with the part. */
export const expectedOf = (
  who: Professional,
  how: StandingName,
  shared: Sharing,
  part: Compartment,
): Expected => {
  const { reach, writes, crosses } = standings[how];
  if (reach === 'none') return 'nothing';
  // Everybody but a partner of another sector is let in as one without a sector: nothing opens.
  if (how === 'partner')
    return who.sector === 'external' && part === 'joint/plan' ? 'read' : 'nothing';
  if (who.sector === 'external' || who.sector === 'none') return 'nothing';
  if (how === 'round' && !who.round) return 'nothing';
  if (part === 'joint/contact' && shared.restraint && restrainedFrom.includes(how))
    return 'nothing';
  const byStudent = how !== 'student' || who.sector === 'social' || registerOf(part) === 'joint';
  if (who.own.includes(part))
    return byStudent ? (writes ? 'write' : 'read') : studentReads(who, shared, part);
  if (!crosses || !who.other.includes(part)) return 'nothing';
  const named = registerOf(part) === 'social' ? shared.social : shared.patient;
  if (!named.includes(part)) return 'nothing';
  const otherSide = registerOf(part) === 'social' ? shared.patient : shared.social;
  const isIn = !shared.bothSides || otherSide.some((side) => who.own.includes(side));
  return isIn ? studentReads(who, shared, part, how) : 'nothing';
};

/** A student's supervisor here is a social worker: what the supervisor does not see, the student does not. */
const studentReads = (
  who: Professional,
  shared: Sharing,
  part: Compartment,
  how: StandingName = 'student',
): Expected => {
  if (how !== 'student') return 'read';
  const may = who.own.includes(part) ? 'write' : 'read';
  if (registerOf(part) === 'social') return may;
  return shared.patient.includes(part) ? may : 'nothing';
};
