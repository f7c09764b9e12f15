import peopleFile from '#resources/demo/people.json' with { type: 'json' };
import unitsFile from '#resources/demo/units.json' with { type: 'json' };
import { findCode, professions, type Compartment, type Duty } from '#shared/domain/codes.ts';
import type { Person, Unit, WorkTask } from '#shared/domain/directory.ts';
import { derivedId, type Id } from '#shared/domain/ids.ts';
import type { PlanLanguage, Track } from './material.ts';
import type { Random } from './random.ts';

/** A professional of the demo region: the person of the directory, and whose matters he or she takes. */
export type StaffMember = {
  readonly login: string;
  readonly person: Person;
  readonly unitName: string;
  readonly area: string;
  readonly tracks: readonly Track[] | null;
  readonly swedish: boolean;
  readonly takesClients: boolean;
};

export type DemoUnit = {
  readonly key: string;
  readonly unit: Unit;
  readonly area: string;
  readonly tracks: readonly Track[];
  /** Whether a client can be a client of this unit, rather than visit it for one service. */
  readonly caresFor: boolean;
};

type Entry = {
  readonly givenName: string;
  readonly familyName: string;
  readonly profession: string;
  readonly unit: string;
  readonly taskClass?: string;
  readonly tracks?: readonly Track[];
  readonly swedish?: boolean;
  readonly duties?: readonly Duty[];
  readonly services?: readonly Compartment[];
  /** Goes round to the unit's clients. */
  readonly round?: boolean;
  readonly partnerSector?: string;
  /** False for those who are in no invented client's team by themselves: students, partners. */
  readonly takesClients?: boolean;
};

const entries = peopleFile as readonly Entry[];

const namespace = 'demo-region';

export const demoUnits: readonly DemoUnit[] = unitsFile.map((entry) => ({
  key: entry.key,
  unit: {
    id: derivedId(namespace, `unit:${entry.key}`),
    name: entry.name,
    municipality: entry.municipality,
    sector: entry.sector as Unit['sector'],
  },
  area: entry.area,
  tracks: entry.tracks as readonly Track[],
  caresFor: entry.caresFor,
}));

const unitByKey = new Map(demoUnits.map((unit) => [unit.key, unit]));

export const unitOf = (key: string): DemoUnit => {
  const unit = unitByKey.get(key);
  if (!unit) throw new Error(`The demo region has no unit ${key}.`);
  return unit;
};

/** `Hanna Sillanpää` signs in as `hanna.sillanpaa`. */
export const loginOf = (givenName: string, familyName: string): string =>
  `${givenName}.${familyName}`
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z.]/gu, '');

/** A task of its own only where it differs from what the profession alone says. */
const tasksOf = (entry: Entry, unitId: Id, taskClass: string): WorkTask[] =>
  entry.round === undefined && entry.services === undefined
    ? []
    : [
        {
          unitId,
          profession: entry.profession,
          taskClass,
          services: [...(entry.services ?? [])],
          round: entry.round ?? false,
          validFrom: '2020-01-01',
          validTo: null,
        },
      ];

export const staff: readonly StaffMember[] = entries.map((entry) => {
  const unit = unitOf(entry.unit);
  const login = loginOf(entry.givenName, entry.familyName);
  const taskClass = entry.taskClass ?? findCode(professions, entry.profession)?.taskClass ?? '';
  return {
    login,
    person: {
      id: derivedId(namespace, `person:${login}`),
      givenName: entry.givenName,
      familyName: entry.familyName,
      profession: entry.profession,
      taskClass,
      unitId: unit.unit.id,
      registerNumber: null,
      tasks: tasksOf(entry, unit.unit.id, taskClass),
      duties: [...(entry.duties ?? [])],
      partnerSector: entry.partnerSector ?? null,
      active: true,
    },
    unitName: unit.unit.name,
    area: unit.area,
    tracks: entry.tracks ?? null,
    swedish: entry.swedish ?? false,
    takesClients: entry.takesClients ?? true,
  };
});

const staffByLogin = new Map(staff.map((member) => [member.login, member]));

export const staffMember = (login: string): StaffMember => {
  const member = staffByLogin.get(login);
  if (!member) throw new Error(`The demo region has nobody called ${login}.`);
  return member;
};

const staffByProfession = Map.groupBy(
  staff.filter((member) => member.takesClients),
  (member) => member.person.profession,
);

export type Caseload = {
  readonly area: string;
  readonly track: Track;
  readonly language: PlanLanguage;
};

/**
 * Who of a profession takes a client: those who take the track at all, rather the ones of the client's
 * own area, and those who work in Swedish rather for plans in Swedish. Null when nobody is left.
 */
export const staffFor = (
  profession: string,
  caseload: Caseload,
  taken: ReadonlySet<Id>,
  random: Random,
): StaffMember | null => {
  const free = (staffByProfession.get(profession) ?? []).filter(
    (member) => !taken.has(member.person.id),
  );
  const fitting = free.filter((member) => member.tracks?.includes(caseload.track) ?? true);
  const candidates = fitting.length > 0 ? fitting : free;
  if (candidates.length === 0) return null;
  return random.weighted(
    candidates.map((member) => {
      const near = member.area === caseload.area ? 10 : 4;
      if (member.swedish)
        return [member, caseload.language === 'sv' ? near * 8 : near / 4] as const;
      return [member, near] as const;
    }),
  );
};
