import aune from '#resources/demo/aune-kivimetsa.json' with { type: 'json' };
import type { CivilDate } from '#shared/domain/civil-date.ts';
import { findCode, professions } from '#shared/domain/codes.ts';
import { civilDate, dayNumber } from './days.ts';
import { staffMember, unitOf, type StaffMember } from './directory.ts';
import type {
  ActionDraft,
  ClientDraft,
  GoalDraft,
  NeedDraft,
  RatingDraft,
  RequestDraft,
  VisitDraft,
} from './draft.ts';
import { clientIdOf } from './invented-client.ts';
import {
  phrases,
  type ActionKind,
  type NoteKind,
  type ProviderType,
  type Voice,
} from './material.ts';
import { namedFollowed } from './followed.ts';
import { namedRisks } from './risks.ts';
import { namedParts, namedService } from './plan-parts.ts';
import { entryCompartment } from './team.ts';

type Action = (typeof aune.needs)[number]['goals'][number]['actions'][number] & {
  readonly doneDaysAgo?: number;
  readonly provider?: readonly string[];
};
type Goal = (typeof aune.needs)[number]['goals'][number] & {
  readonly scale?: Readonly<Record<string, string>>;
  readonly ratings?: readonly {
    readonly daysAgo: number;
    readonly by: string;
    readonly level: string;
    readonly view: string;
    readonly comment: string;
  }[];
};

const emptyScale = { start: null, importance: null, difficulty: null };

const track = 'older-people';

/**
 * Aune Kivimetsä, the region's first client: the plan that pictures, guides and the story's test tell of.
 * Its dates follow the region's day.
 */
export const namedClient = (seed: number, today: CivilDate): ClientDraft => {
  const now = dayNumber(today);
  const daysAgo = (days: number): CivilDate => civilDate(now - days);
  const inDays = (days: number): CivilDate => civilDate(now + days);
  const startDay = now - aune.startedDaysAgo;
  const custodian = staffMember(aune.custodian);

  const writeAction = (action: Action): ActionDraft => {
    const responsible = action.by === null ? null : staffMember(action.by);
    const deputy = action.deputy === null ? null : staffMember(action.deputy);
    const doneDaysAgo = action.doneDaysAgo ?? null;
    return {
      author: responsible ?? custodian,
      content: {
        kind: action.kind as ActionKind,
        title: action.title,
        description: action.how,
      },
      schedule: { frequency: action.often, start: daysAgo(35), end: null },
      responsibility: {
        now: {
          responsibleId: responsible?.person.id ?? null,
          deputyId: deputy?.person.id ?? null,
        },
      },
      provider: providerOf(action, responsible ?? custodian),
      status: {
        now: {
          status: action.status as ActionDraft['status']['now']['status'],
          reason: '',
          date: daysAgo(doneDaysAgo ?? 35),
        },
      },
      ...(action.title === aune.serviceWithProposal ? { service: namedService } : {}),
    };
  };

  const writeGoal = (goal: Goal): GoalDraft => ({
    author: staffMember(goal.by),
    statement: {
      now: { title: goal.title, description: goal.description, voice: goal.voice as Voice },
    },
    target: { now: { date: inDays(goal.inDays) } },
    lifecycle: { status: 'active', reason: '', date: daysAgo(35) },
    achievement: {
      now: {
        achievement: goal.achievement as GoalDraft['achievement']['now']['achievement'],
        date: daysAgo(1),
        grounds: goal.grounds,
      },
      before: { achievement: 'not-assessed', date: null, grounds: '' },
    },
    actions: goal.actions.map(writeAction),
    ...(goal.scale === undefined
      ? {}
      : { scale: { ...emptyScale, ...goal.scale } as GoalDraft['scale'] & object }),
    ...(goal.ratings === undefined
      ? {}
      : {
          ratings: goal.ratings.map(({ daysAgo: days, by, level, view, comment }) => ({
            author: staffMember(by),
            day: now - days,
            value: { level, view, date: daysAgo(days), comment } as RatingDraft['value'],
          })),
        }),
  });

  const writeNeed = (need: (typeof aune.needs)[number]): NeedDraft => ({
    author: custodian,
    heading: { lifeArea: need.lifeArea, title: need.title },
    words: need.words,
    assessment: { now: need.assessment },
    status: { status: 'in-progress', reason: '', date: daysAgo(35) },
    goals: need.goals.map(writeGoal),
  });

  return {
    caseId: clientIdOf(seed, 0),
    startDay,
    custodian,
    identity: {
      familyName: aune.familyName,
      givenNames: aune.givenNames,
      preferredName: aune.preferredName,
      personalIdentityCode: aune.personalIdentityCode,
      temporaryId: null,
      birthDate: aune.birthDate,
    },
    language: {
      motherTongue: 'fi',
      serviceLanguage: 'fi',
      interpreter: false,
      communication: aune.communication,
    },
    contact: {
      now: {
        phone: aune.phone,
        email: '',
        streetAddress: aune.streetAddress,
        postalCode: aune.postalCode,
        town: aune.municipality,
        municipality: aune.municipality,
      },
    },
    restraintOnDisclosure: false,
    unitId: unitOf(aune.unit).unit.id,
    representative: {
      name: aune.relative.name,
      role: 'close-person',
      phone: aune.relative.phone,
      mayReceiveInformation: true,
      taskInPlan: aune.relative.task,
    },
    plan: {
      whatMatters: aune.whatMatters,
      situation: { now: aune.situation },
      strengths: aune.strengths,
      review: { now: inDays(aune.reviewInDays) },
      course: { track, status: 'active' },
    },
    parts: namedParts(custodian, now),
    family: { members: [], goals: [] },
    followed: namedFollowed(now),
    readers: aune.readers.map(({ person, daysAgo: days, minutes }) => ({
      reader: staffMember(person),
      day: now - days,
      minutes,
    })),
    risks: namedRisks(now),
    memberships: aune.team.map(({ person, role, fromDaysAgo }) => {
      const member = staffMember(person);
      return {
        member,
        role: role as ClientDraft['memberships'][number]['role'],
        validFrom: daysAgo(fromDaysAgo),
        validTo: null,
        ground: groundFor(role, member),
      };
    }),
    needs: aune.needs.map(writeNeed),
    permissions: [
      {
        kind: 'joint-service',
        scope: {
          name: phrases.fi.permissions.jointService,
          compartments: [...aune.jointService],
          validFrom: daysAgo(aune.jointServiceFromDaysAgo),
          validTo: null,
        },
      },
    ],
    requests: aune.requests.map((request) => {
      const { answer } = request;
      return {
        asker: staffMember(request.by),
        kind: request.kind as RequestDraft['kind'],
        asked: request.asked === null ? null : staffMember(request.asked),
        profession: request.profession,
        at: request.at,
        text: request.text,
        due: request.inDays === null ? null : inDays(request.inDays),
        day: now - request.daysAgo,
        minutes: minutesOf(request.clock),
        answer: answer && {
          by: staffMember(answer.by),
          state: answer.state as NonNullable<RequestDraft['answer']>['state'],
          text: answer.text,
          day: now - answer.daysAgo,
          minutes: minutesOf(answer.clock),
        },
        acknowledged: request.acknowledged,
      };
    }),
    visits: aune.visits.map(({ by, at, daysAgo: days, minutes: lasted, tasks, goals, ...seen }) => {
      const author = staffMember(by);
      return {
        author,
        compartment: entryCompartment(author, { track, age: 79 }),
        day: now - days,
        minutes: minutesOf(at),
        lasted,
        tasks: tasks.map(({ at: [need = 0, goal = 0, action = 0], whyNot }) => ({
          at: { need, goal, action },
          whyNot,
        })),
        goals: goals.map(({ at: [need = 0, goal = 0], trend }) => ({
          at: { need, goal },
          trend: trend as VisitDraft['goals'][number]['trend'],
        })),
        ...seen,
      };
    }),
    notes: aune.notes.map((note) => {
      const author = staffMember(note.by);
      return {
        author,
        compartment: entryCompartment(author, { track, age: 79 }),
        kind: note.kind as NoteKind,
        text: note.text,
        day: now - note.daysAgo,
        minutes: minutesOf(note.at),
      };
    }),
  };
};

/** Minutes from midnight of `14:05`. */
const minutesOf = (clock: string): number => {
  const [hours, minutes] = clock.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
};

const providerOf = (action: Action, responsible: StaffMember): ActionDraft['provider'] => {
  const [type, name] = action.provider ?? [];
  return type !== undefined && name !== undefined
    ? { type: type as ProviderType, name }
    : { type: 'own', name: responsible.unitName };
};

const groundFor = (role: string, member: StaffMember): string => {
  const words = phrases.fi.membership;
  if (role === 'custodian') return words.custodian;
  if (role === 'deputy') return words.deputy;
  return words[
    findCode(professions, member.person.profession)?.sector === 'social' ? 'social' : 'health'
  ];
};
