import type { CivilDate } from '#shared/domain/civil-date.ts';
import { derivedId, type Id } from '#shared/domain/ids.ts';
import { civilDate, dayNumber, workingDay } from './days.ts';
import { demoUnits } from './directory.ts';
import type { ClientDraft, NoteDraft } from './draft.ts';
import { familyOf } from './family.ts';
import { inventedFollowed } from './followed.ts';
import { inventedRisks } from './risks.ts';
import { inventRequests } from './requests.ts';
import { phrases, type NeedTheme, type NoteKind, type Track } from './material.ts';
import { chooseThemes, firstSentence, withHistory, writeNeed, type Writing } from './needs.ts';
import { inventPermissions } from './permissions.ts';
import { inventedParts } from './plan-parts.ts';
import { createProfile, createRelative, slotsOf, type Profile, type Relative } from './profile.ts';
import type { Random } from './random.ts';
import { inventReaders } from './readers.ts';
import { createTeam, entryCompartment } from './team.ts';
import { fill } from './template.ts';
import { inventVisits } from './visits.ts';

/** The n-th client's id follows from seed and number, so that tests and benchmarks can name a client. */
export const clientIdOf = (seed: number, index: number): Id =>
  derivedId('demo-client', `${seed}:${index}`);

/** An invented client: who it is, who works with him or her, and what they have written. */
export const inventClient = (
  index: number,
  seed: number,
  today: CivilDate,
  random: Random,
): ClientDraft => {
  const profile = createProfile(index, seed, today, random);
  const chosen = chooseThemes(profile, random);
  const spouse = chosen.some((theme) => theme.spouse);
  const relative = createRelative(profile, spouse, random);
  const todayNumber = dayNumber(today);
  const startDay = workingDay(todayNumber - random.between(20, 355));
  const team = createTeam(index, profile, random);
  const slots = slotsOf(profile, relative);
  const writing: Writing = { profile, team, slots, startDay, today: todayNumber, random };

  const needs = chosen.map((theme) => writeNeed(theme, writing));
  const notes = writeNotes(chosen, writing);
  // The memberships come last: by now everybody whom the plan needs has joined the team.
  const memberships = team.memberships(startDay, todayNumber);
  return {
    caseId: clientIdOf(seed, index),
    startDay,
    custodian: team.custodian,
    identity: {
      familyName: profile.familyName,
      givenNames: profile.givenNames,
      preferredName: profile.preferredName,
      personalIdentityCode: profile.identity.code,
      temporaryId: null,
      birthDate: profile.identity.birthDate,
    },
    language: {
      motherTongue: profile.motherTongue,
      serviceLanguage: profile.serviceLanguage,
      interpreter: profile.interpreter,
      communication: random.chance(0.2)
        ? random.pick(phrases[profile.planLanguage].communication)
        : '',
    },
    contact: contactOf(profile, random),
    // One in a hundred, so that a small region has some too.
    restraintOnDisclosure: index % 100 === 41,
    unitId: unitFor(profile, random),
    representative: representativeOf(profile, relative, spouse, random),
    plan: planTexts(writing, relative, spouse, chosen),
    parts: inventedParts(
      index,
      { track: profile.track, language: profile.planLanguage },
      team.custodian,
      todayNumber,
    ),
    family: familyOf(index, (other) => clientIdOf(seed, other)),
    memberships,
    needs,
    notes,
    permissions: inventPermissions(
      {
        language: profile.planLanguage,
        givenBy: `${profile.givenNames} ${profile.familyName}`,
        notes,
        startDay,
      },
      random,
    ),
    followed: inventedFollowed(
      index,
      { track: profile.track, language: profile.planLanguage },
      memberships,
      todayNumber,
    ),
    readers: inventReaders(index, memberships, todayNumber),
    risks: inventedRisks(
      index,
      { track: profile.track, language: profile.planLanguage },
      memberships,
      todayNumber,
    ),
    visits: inventVisits(index, profile, memberships, needs, todayNumber),
    requests: inventRequests(
      index,
      phrases[profile.planLanguage].requests,
      team.custodian,
      memberships,
      needs,
      todayNumber,
    ),
  };
};

/** Numbers of a series kept for the demo: 040 555 0100 to 040 555 0999. */
const phoneNumber = (random: Random): string => `040 555 0${random.between(100, 999)}`;

const contactOf = (profile: Profile, random: Random): ClientDraft['contact'] => {
  const { municipality: place, planLanguage } = profile;
  const address = `${profile.preferredName}.${profile.familyName}`
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z.-]/gu, '');
  const contact = {
    phone: phoneNumber(random),
    email: random.chance(0.45) ? `${address}@example.com` : '',
    streetAddress: `${random.pick(place.streets[planLanguage])} ${random.between(1, 64)}`,
    postalCode: random.pick(place.postalCodes),
    town: place[planLanguage],
    municipality: place.fi,
  };
  return withHistory(contact, { ...contact, phone: phoneNumber(random) }, 0.05, random);
};

/** The unit whose client this is: near the client's home and for the client's stage of life. */
const unitFor = (profile: Profile, random: Random): Id => {
  const units = unitsByTrack.get(profile.track) ?? [];
  const near = units.filter((unit) => unit.area === profile.municipality.area);
  return random.pick(near.length > 0 ? near : units).unit.id;
};

const unitsByTrack: ReadonlyMap<Track, readonly (typeof demoUnits)[number][]> = new Map(
  (['families', 'working-age', 'work-ability', 'older-people'] as const).map((track) => [
    track,
    demoUnits.filter((unit) => unit.caresFor && unit.tracks.includes(track)),
  ]),
);

const representativeOf = (
  profile: Profile,
  relative: Relative,
  spouse: boolean,
  random: Random,
): ClientDraft['representative'] => {
  if (profile.stage !== 'child' && !spouse && random.chance(0.3)) return null;
  return {
    name: `${relative.givenName} ${relative.familyName}`,
    role:
      profile.stage === 'child'
        ? 'guardian'
        : spouse
          ? 'family-carer'
          : random.chance(0.1)
            ? 'authorised'
            : 'close-person',
    phone: phoneNumber(random),
    mayReceiveInformation: profile.stage === 'child' ? profile.age < 15 : random.chance(0.8),
    taskInPlan: random.pick(phrases[profile.planLanguage].relativeTask),
  };
};

const planTexts = (
  writing: Writing,
  relative: Relative,
  spouse: boolean,
  chosen: readonly NeedTheme[],
): ClientDraft['plan'] => {
  const { profile, random, slots, today, startDay } = writing;
  const words = phrases[profile.planLanguage];
  const pickText = (list: readonly string[]): string => fill(random.pick(list), slots, random);
  const stage = profile.stage;
  const living = relative.kinship === 'wife' || relative.kinship === 'husband' ? 'spouse' : 'other';
  const home = chosen.some((theme) => theme.tellsHome)
    ? ''
    : pickText(
        words.living[
          spouse ? 'with-spouse' : profile.parent && living === 'spouse' ? 'parent' : stage
        ],
      );
  const background = pickText(words.background[stage]);
  const situation = home === '' ? background : `${home} ${background}`;
  const teller = stage === 'child' ? (profile.age < 10 ? 'young-child' : 'teen') : stage;
  const review = civilDate(today + random.between(-35, 170));
  return {
    whatMatters: pickText(words.whatMatters[teller]),
    situation: withHistory(situation, firstSentence(situation), 0.08, random),
    strengths: pickText(words.strengths[stage]),
    review: withHistory<CivilDate | null>(review, civilDate(startDay + 90), 0.15, random),
    course: {
      track: profile.track,
      status: random.weighted([
        ['active', 92],
        ['draft', 5],
        ['ended', 3],
      ] as const),
    },
  };
};

/** Home care goes round every day of the week. */
const atWeekends: ReadonlySet<string> = new Set(['home-care-nurse']);

const writeNotes = (chosen: readonly NeedTheme[], writing: Writing): readonly NoteDraft[] => {
  const { profile, random, slots, team } = writing;
  const onThemes = chosen
    .flatMap((theme) => theme.notes)
    .filter(() => random.chance(0.8))
    .map((note) => noteOf(note.kind, note.text, team.of(note.by), writing));
  const onPlan = random
    .sample(phrases[profile.planLanguage].planNotes, random.between(1, 3))
    .map((note) => noteOf(note.kind as NoteKind, note.text, team.custodian, writing));
  return [...onThemes, ...onPlan];

  function noteOf(
    kind: NoteKind,
    text: string,
    author: NoteDraft['author'],
    { startDay, today }: Writing,
  ): NoteDraft {
    const day = random.between(startDay + 4, today - 1);
    return {
      author,
      compartment: entryCompartment(author, profile),
      kind,
      text: fill(text, slots, random),
      day: atWeekends.has(author.person.profession) ? day : workingDay(day),
      minutes: random.between(8 * 60, 15 * 60),
    };
  }
};
