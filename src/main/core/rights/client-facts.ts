import { personFacts, type ClientFacts, type PersonFacts } from '#shared/domain/access/facts.ts';
import {
  byPermissionKind,
  permissionFacts,
  type PermissionFact,
} from '#shared/domain/access/permission-facts.ts';
import type { TeamMembership } from '#shared/domain/access/team-membership.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { Absence } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { GroupValue } from '#shared/domain/records/kinds.ts';
import { permissionKinds } from '#shared/domain/records/permission.ts';
import { caseIdOf, type CaseNo } from '#main/db/queries/cases.ts';
import { readKind, type KnownChange } from '#main/db/queries/changes.ts';
import { findPerson, readAbsences } from '#main/db/queries/directory.ts';
import type { ReadableDb } from '#main/db/handles.ts';
import { byGroup, byRecord, existenceOf, groupState } from '../records/group-state.ts';
import { readTeam } from '../records/team.ts';

/** What rights to a client depend on, as the changes on this device tell it; what is not here is not known. */
export type LocalFacts = {
  readonly caseId: Id;
  readonly unitId: Id | null;
  readonly restraintOnDisclosure: boolean;
  readonly team: readonly TeamMembership[];
  readonly permissions: readonly PermissionFact[];
};

export const asClientFacts = ({ permissions, ...client }: LocalFacts): ClientFacts => ({
  ...client,
  ...byPermissionKind(permissions),
});

export const readFacts = (db: ReadableDb, caseNo: CaseNo, today: CivilDate): LocalFacts => {
  const caseId = caseIdOf(db, caseNo);
  const client = readKind(db, caseNo, 'client').filter(({ recordId }) => recordId === caseId);
  const care = headValues(client, 'care') as readonly GroupValue<'client', 'care'>[];
  const protection = headValues(client, 'protection') as readonly GroupValue<
    'client',
    'protection'
  >[];
  return {
    caseId,
    unitId: care.at(-1)?.unitId ?? null,
    restraintOnDisclosure: protection.some(({ restraintOnDisclosure }) => restraintOnDisclosure),
    team: readTeam(db, caseNo, today),
    permissions: permissionKinds.flatMap((kind) =>
      [...byRecord(readKind(db, caseNo, kind))].flatMap(([recordId, changes]) =>
        existenceOf(byGroup(changes)).state === 'standing'
          ? permissionFacts(kind, recordId, headValues(changes, 'scope'))
          : [],
      ),
    ),
  };
};

const headValues = (changes: readonly KnownChange[], group: string): readonly unknown[] => {
  const state = groupState(changes.filter(({ shape }) => shape.group === group));
  return state.state === 'empty' ? [] : state.heads.map((head) => head.value);
};

/** The region's people as the rules see them, each looked up once. */
export type Colleagues = {
  readonly find: (personId: Id) => PersonFacts | undefined;
  readonly absences: readonly Absence[];
};

export const readColleagues = (db: ReadableDb): Colleagues => {
  const absences = readAbsences(db);
  const known = new Map<Id, PersonFacts | undefined>();
  return {
    absences,
    find: (personId) => {
      if (known.has(personId)) return known.get(personId);
      const person = findPerson(db, personId);
      const facts = person && personFacts(person, absences);
      known.set(personId, facts);
      return facts;
    },
  };
};
