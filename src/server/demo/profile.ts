import { ageOn, type CivilDate } from '#shared/domain/civil-date.ts';
import type { GroupValue } from '#shared/domain/records/kinds.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { identityOf, type AgeBand, type Identity } from './identity-codes.ts';
import { allative, genitive } from './inflection.ts';
import {
  kinshipWords,
  municipalities,
  names,
  type Kinship,
  type Municipality,
  type PlanLanguage,
  type Stage,
  type Track,
} from './material.ts';
import type { Random } from './random.ts';
import type { Slots } from './template.ts';

/** Who the client is, before anything is written about him or her. */
export type Profile = {
  readonly track: Track;
  readonly stage: Stage;
  /** A parent whose own plan belongs to the services for families. */
  readonly parent: boolean;
  readonly age: number;
  readonly planLanguage: PlanLanguage;
  readonly serviceLanguage: GroupValue<'client', 'language'>['serviceLanguage'];
  readonly motherTongue: string;
  readonly interpreter: boolean;
  readonly identity: Identity;
  readonly familyName: string;
  readonly givenNames: string;
  readonly preferredName: string;
  readonly municipality: Municipality;
};

type Kind = 'older' | 'child' | 'working' | 'work-ability' | 'parent';

/** The kinds of clients in turn: seven of twenty are older people, six belong to families. */
const turns: readonly Kind[] = [
  ...(['older', 'older', 'child', 'working', 'older', 'working', 'child', 'older'] as const),
  ...(['working', 'parent', 'working', 'older', 'child', 'work-ability', 'older'] as const),
  ...(['child', 'working', 'older', 'working', 'child'] as const),
];

const bandOf: Readonly<Record<Kind, AgeBand>> = {
  older: 'older',
  child: 'child',
  working: 'adult',
  'work-ability': 'adult',
  parent: 'adult',
};

const trackOf: Readonly<Record<Kind, Track>> = {
  older: 'older-people',
  child: 'families',
  working: 'working-age',
  'work-ability': 'work-ability',
  parent: 'families',
};

/** How many earlier clients are of the same age band: their identity codes follow from that number. */
const ordinalInBand = (index: number, band: AgeBand): number => {
  const inBand = turns.map((kind) => bandOf[kind] === band);
  const perRound = inBand.filter(Boolean).length;
  const earlier = inBand.slice(0, index % turns.length).filter(Boolean).length;
  return Math.floor(index / turns.length) * perRound + earlier;
};

/** A code that another client carries by name is replaced by that client's own unused one. */
const reserved = '140347-926E';

/** The identity of the n-th client: different for every n up to far beyond 100,000. */
export const clientIdentity = (index: number, seed: number, today: CivilDate): Identity => {
  const band = bandOf[turns[index % turns.length] ?? 'older'];
  const identity = identityOf(band, ordinalInBand(index, band), seed, today);
  return identity.code === reserved && index > 0 ? clientIdentity(0, seed, today) : identity;
};

export const createProfile = (
  index: number,
  seed: number,
  today: CivilDate,
  random: Random,
): Profile => {
  const kind = turns[index % turns.length] ?? 'older';
  const stage = bandOf[kind];
  const identity = clientIdentity(index, seed, today);
  const age = ageOn(identity.birthDate, today);
  // Someone past having small children is a client of the services for working age.
  const parent = kind === 'parent' && age <= 45;
  const speech = random.weighted([
    [{ serviceLanguage: 'fi', motherTongue: 'fi', interpreter: false, list: 'fi' }, 850],
    [{ serviceLanguage: 'sv', motherTongue: 'sv', interpreter: false, list: 'sv' }, 100],
    [{ serviceLanguage: 'en', motherTongue: 'so', interpreter: false, list: 'other' }, 12],
    [{ serviceLanguage: 'en', motherTongue: 'tr', interpreter: false, list: 'other' }, 8],
    [{ serviceLanguage: 'other', motherTongue: 'uk', interpreter: true, list: 'other' }, 12],
    [{ serviceLanguage: 'other', motherTongue: 'ru', interpreter: true, list: 'other' }, 14],
    [{ serviceLanguage: 'se', motherTongue: 'se', interpreter: true, list: 'fi' }, 4],
  ] as const);
  const { list, ...language } = speech;
  const nameList = names[list];
  const givenNames = random.sample(nameList[stage][identity.sex], 2);
  const planLanguage = language.serviceLanguage === 'sv' ? 'sv' : 'fi';
  return {
    track: kind === 'parent' && !parent ? 'working-age' : trackOf[kind],
    stage,
    parent,
    age,
    planLanguage,
    ...language,
    identity,
    familyName: random.pick(nameList.family),
    givenNames: givenNames.join(' '),
    preferredName: givenNames[0] ?? '',
    municipality: random.weighted(
      municipalities.map((place) => [
        place,
        planLanguage === 'sv' && place.area === 'merikallio' ? 300 : place.share,
      ]),
    ),
  };
};

export type Relative = {
  readonly kinship: Kinship;
  readonly givenName: string;
  readonly familyName: string;
};

export const createRelative = (profile: Profile, spouse: boolean, random: Random): Relative => {
  const kinship = kinshipFor(profile, spouse, random);
  const female = ['daughter', 'niece', 'sister', 'mother', 'wife'].includes(kinship);
  const older = kinship === 'wife' || kinship === 'husband' || kinship === 'mother';
  const stage = older && profile.stage !== 'child' && !profile.parent ? 'older' : 'adult';
  const foreign = profile.motherTongue !== 'fi' && profile.planLanguage === 'fi';
  const list = names[foreign && profile.motherTongue !== 'se' ? 'other' : profile.planLanguage];
  const others = list[stage][female ? 'female' : 'male'].filter(
    (name) => name !== profile.preferredName,
  );
  return {
    kinship,
    givenName: random.pick(others),
    familyName: random.chance(0.7) ? profile.familyName : random.pick(list.family),
  };
};

const kinshipFor = (profile: Profile, spouse: boolean, random: Random): Kinship => {
  if (spouse || profile.parent) return profile.identity.sex === 'female' ? 'husband' : 'wife';
  switch (profile.stage) {
    case 'child':
      return random.chance(0.6) ? 'mother' : 'father';
    case 'adult':
      return random.pick(['sister', 'brother', 'mother']);
    case 'older':
      return random.pick(['daughter', 'daughter', 'son', 'son', 'niece']);
    default:
      return assertNever(profile.stage);
  }
};

/** The words that the plan material asks for, in the plan's language. */
export const slotsOf = (profile: Profile, relative: Relative): Slots => {
  const word = kinshipWords[profile.planLanguage][relative.kinship];
  const called = `${word} ${relative.givenName}`;
  return {
    name: profile.preferredName,
    'name:gen': genitive(profile.preferredName),
    relative: called,
    'relative:gen': `${word} ${genitive(relative.givenName)}`,
    'relative:all': `${word} ${allative(relative.givenName)}`,
    'relative:cap': called.slice(0, 1).toUpperCase() + called.slice(1),
  };
};
