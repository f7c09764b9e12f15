import { createHash, randomBytes } from 'node:crypto';
import { addDays, finnishDate } from '#shared/domain/civil-date.ts';
import {
  compartments,
  contactDetails,
  findCode,
  jointPlan,
  permissionsCompartment,
  professions,
  type Compartment,
} from '#shared/domain/codes.ts';
import { currentSchema, type Change } from '#shared/domain/change.ts';
import type { WorkTask } from '#shared/domain/directory.ts';
import { contactIdOf, newId, planIdOf, type Id } from '#shared/domain/ids.ts';
import { tick } from '#shared/sync/hybrid-time.ts';
import { withTransaction } from '#server/db/pool.ts';
import { identityOf } from '#server/demo/identity-codes.ts';
import { saveAccount } from '#server/region/identity/accounts.ts';
import { savePeople, saveUnits } from '#server/region/directory.ts';
import { storeOwnChanges } from '#server/region/syncing/store-changes.ts';
import { testApp, type TestApp, type TestPerson } from '../region/test-app.ts';
import { testDatabase, type TestDatabase } from '../region/test-database.ts';
import {
  professionals,
  sharings,
  standings,
  type Professional,
  type Sharing,
  type StandingName,
} from './expected.ts';

/** One client of the matrix: everybody stands to it in the same way. */
export type MatrixClient = {
  readonly caseId: Id;
  readonly standing: StandingName;
  readonly sharing: Sharing;
  readonly code: string;
  /** The record of each part, whose text names client and part. */
  readonly records: ReadonlyMap<Compartment, Id>;
};

export type MatrixPerson = TestPerson & { readonly who: Professional };

export type MatrixRegion = {
  readonly database: TestDatabase;
  readonly region: TestApp;
  readonly people: readonly MatrixPerson[];
  readonly clients: readonly MatrixClient[];
  readonly end: () => Promise<void>;
};

export const parts: readonly Compartment[] = compartments.map(({ id }) => id);

/** A word that stands in one part of one client and nowhere else. */
export const canaryOf = (caseId: Id, part: Compartment): string => `canary ${caseId} ${part}.`;

const standingNames = Object.keys(standings) as readonly StandingName[];
const random = (length: number): Uint8Array => randomBytes(length);

/** Everybody, and a client for every standing and sharing, over a real PostgreSQL. */
export const startMatrixRegion = async (): Promise<MatrixRegion> => {
  const database = await testDatabase();
  // The limit of requests has tests of its own.
  const unlimited = { device: 1_000_000, address: 1_000_000 };
  const region = await testApp(database.db, { requestsPerMinute: unlimited });
  const nowMs = region.now().getTime();
  const today = finnishDate(nowMs);
  const id = (): Id => newId(nowMs, random);
  const [roundUnit, otherUnit, plainUnit] = [id(), id(), id()];
  let clock: string | null = null;

  const taskOf = (who: Professional, unitId: Id, round: boolean): WorkTask => ({
    unitId,
    profession: who.profession,
    taskClass: who.taskClass ?? findCode(professions, who.profession)?.taskClass ?? '',
    services: [],
    round,
    validFrom: '2020-01-01',
    validTo: null,
  });
  const addPerson = async (who: Professional, login: string): Promise<MatrixPerson> => {
    const personId = id();
    const secret = `salasana-${login}`;
    const task = taskOf(who, roundUnit, true);
    await withTransaction(database.db, async (tx) => {
      await savePeople(tx, [
        {
          id: personId,
          givenName: who.name,
          familyName: login,
          profession: who.profession,
          taskClass: task.taskClass,
          unitId: roundUnit,
          registerNumber: null,
          tasks: [task],
          duties: [],
          partnerSector: who.sector === 'external' ? 'association' : null,
          active: true,
        },
      ]);
      await saveAccount(tx, { login, secret, personId }, new Date(nowMs));
    });
    return { personId, login, secret, who };
  };

  await withTransaction(database.db, (tx) =>
    saveUnits(
      tx,
      [roundUnit, otherUnit, plainUnit].map((unitId, index) => ({
        id: unitId,
        name: `Yksikkö ${index}`,
        municipality: 'Koeseutu',
        sector: 'joint',
      })),
    ),
  );
  const people: MatrixPerson[] = [];
  const absent = new Map<Id, Id>();
  const coming = new Map<Id, Id>();
  const [supervisor] = professionals;
  if (!supervisor) throw new Error('nobody');
  const guide = await addPerson(supervisor, 'ohjaaja');
  for (const [index, who] of professionals.entries()) {
    const person = await addPerson(who, `henkilo${index}`);
    people.push(person);
    absent.set(person.personId, (await addPerson(who, `poissa${index}`)).personId);
    coming.set(person.personId, (await addPerson(who, `lahdossa${index}`)).personId);
  }

  const change = (
    content: Pick<Change, 'recordId' | 'kind' | 'caseId' | 'compartment' | 'group' | 'value'>,
  ): Change => {
    clock = tick(clock, nowMs);
    return {
      ...content,
      id: id(),
      parents: [],
      authorId: guide.personId,
      profession: 'social-worker',
      taskClass: 'broad-client-responsibility',
      time: clock,
      schema: currentSchema,
    };
  };

  const clients: MatrixClient[] = [];
  const ownCode = identityOf('adult', 999, 1, today).code;
  for (const standing of standingNames) {
    for (const sharing of sharings) {
      const caseId = id();
      const code =
        standing === 'ownRecord' ? ownCode : identityOf('adult', clients.length, 1, today).code;
      const records = new Map(parts.map((part) => [part, id()]));
      const write = (
        kind: string,
        group: string,
        value: Change['value'],
        recordId: Id = id(),
        compartment: Compartment = jointPlan,
      ): Change => change({ recordId, kind, caseId, compartment, group, value });
      const scope = (kind: string, value: Change['value']): Change =>
        write(kind, 'scope', value, id(), permissionsCompartment);
      const unitId =
        standing === 'round' ? roundUnit : standing === 'otherRound' ? otherUnit : plainUnit;
      const changes = [
        write('client', 'identity', identityValue(code), caseId),
        write('client', 'care', { unitId }, caseId),
        write('client', 'protection', { restraintOnDisclosure: sharing.restraint }, caseId),
        write('plan', 'course', { track: 'working-age', status: 'active' }, planIdOf(caseId)),
        write('contact', 'contact', contactValue, contactIdOf(caseId), contactDetails),
        ...parts.map((part) =>
          write('note', 'entry', noteValue(canaryOf(caseId, part)), records.get(part), part),
        ),
        ...sharingScopes(sharing, standing).map(([kind, value]) => scope(kind, value)),
        ...people.flatMap((person) =>
          grantsOf(standing, person, guide.personId, { absent, coming }, today).map((grant) =>
            write('membership', 'grant', grant),
          ),
        ),
      ];
      await withTransaction(database.db, (tx) => storeOwnChanges(tx, changes, new Date(nowMs)));
      clients.push({ caseId, standing, sharing, code, records });
    }
  }

  const [state] = await database.owner.query<{ id: Id }>(
    'SELECT region_id AS id FROM region_state',
  );
  const ownHash = createHash('sha256').update(`${state?.id}:${ownCode}`, 'utf8').digest();
  for (const person of people) {
    await database.owner.query('UPDATE person SET identity_code_hash = $2 WHERE id = $1', [
      person.personId,
      ownHash,
    ]);
    for (const [away, from, to] of [
      [absent.get(person.personId), today, today],
      [coming.get(person.personId), addDays(today, 1), addDays(today, 9)],
    ]) {
      await database.owner.query(
        `INSERT INTO absence (id, person_id, deputy_id, valid_from, valid_to, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $2, $6)`,
        [id(), away, person.personId, from, to, new Date(nowMs)],
      );
    }
    for (const { caseId, standing } of clients) {
      if (standing !== 'opening' && standing !== 'openingOver') continue;
      const hours = standing === 'opening' ? [-1, 1] : [-2, -1];
      const [from, until] = hours.map((by) => new Date(nowMs + by * 3_600_000));
      await database.owner.query(
        `INSERT INTO opening (id, kind, person_id, case_id, ground, reason, from_at, until_at,
           offline, received_at)
         VALUES ($1, 'ground', $2, $3, 'client-relation-begins', 'Yhteydenotto', $4, $5, false, $4)`,
        [id(), person.personId, caseId, from, until],
      );
    }
  }
  await database.owner.query('UPDATE person SET rights_version = rights_version + 1');

  return {
    database,
    region,
    people,
    clients,
    end: async () => {
      await region.app.close();
      await database.close();
    },
  };
};

const identityValue = (code: string): Change['value'] => ({
  familyName: 'Koe',
  givenNames: 'Aino',
  preferredName: 'Aino',
  personalIdentityCode: code,
  temporaryId: null,
  birthDate: null,
});

const contactValue: Change['value'] = {
  phone: '040 555 0100',
  email: '',
  streetAddress: 'Salakatu 1',
  postalCode: '00000',
  town: 'Koeseutu',
  municipality: 'Koeseutu',
};

const noteValue = (text: string): Change['value'] => ({
  kind: 'other',
  text,
  happenedAt: '2026-11-01T12:00',
  corrects: null,
});

const span = { validFrom: '2026-01-01', validTo: null };
const expressed = { text: '', givenBy: 'Aino Koe', way: 'in-person' };

/** The client's permission records. A consent is there for those who need one and stand so. */
const sharingScopes = (
  sharing: Sharing,
  standing: StandingName,
): readonly (readonly [string, Change['value']])[] => {
  const found: (readonly [string, Change['value']])[] = [];
  const permissionsOf = (social: readonly string[], patient: readonly string[]): void => {
    found.push([
      'permission',
      {
        direction: 'social-to-health',
        compartments: [...social],
        unitIds: [],
        ...span,
        ...expressed,
      },
    ]);
    found.push([
      'permission',
      {
        direction: 'health-to-social',
        compartments: [...patient],
        unitIds: [],
        ...span,
        ...expressed,
      },
    ]);
  };
  if (sharing.bothSides) {
    const compartmentsOfService = [...sharing.social, ...sharing.patient];
    found.push([
      'joint-service',
      { name: 'Yhdessä', compartments: compartmentsOfService, ...span },
    ]);
  } else if (sharing.social.length > 0) permissionsOf(sharing.social, sharing.patient);
  else if (sharing.restraint) {
    permissionsOf(['social/older-people'], ['patient/home-nursing', 'patient/outpatient']);
    for (const register of ['social', 'patient']) {
      found.push([
        'prohibition',
        { level: 'register', register, compartments: [], recordId: null, ...span, ...expressed },
      ]);
    }
  }
  if (standing === 'partner') {
    found.push(['consent', { sectors: ['association'], ...span, ...expressed }]);
  }
  return found;
};

type Away = { readonly absent: ReadonlyMap<Id, Id>; readonly coming: ReadonlyMap<Id, Id> };

const grantsOf = (
  standing: StandingName,
  person: MatrixPerson,
  guideId: Id,
  away: Away,
  today: string,
): readonly Change['value'][] => {
  const grant = (more: Change['value']): Change['value'] => ({
    personId: person.personId,
    profession: person.who.profession,
    taskClass:
      person.who.taskClass ?? findCode(professions, person.who.profession)?.taskClass ?? '',
    role: 'participant',
    validFrom: '2026-01-01',
    validTo: null,
    ground: '',
    ...more,
  });
  const [yesterday, tomorrow] = [addDays(today, -1), addDays(today, 1)];
  const guide = (more: Change['value'] = {}): Change['value'] =>
    grant({
      personId: guideId,
      profession: 'social-worker',
      taskClass: 'broad-client-responsibility',
      ...more,
    });
  const standIn = (personId: Id | undefined): Change['value'] =>
    grant({ personId: personId ?? '', role: 'custodian' });
  switch (standing) {
    case 'member':
    case 'ownRecord':
      return [grant({})];
    case 'custodian':
    case 'consultant':
      return [grant({ role: standing })];
    case 'former':
      return [grant({ validTo: yesterday })];
    case 'coming':
      return [grant({ validFrom: tomorrow })];
    case 'student':
      return [grant({ role: 'student', supervisorId: guideId }), guide()];
    case 'studentAlone':
      return [grant({ role: 'student', supervisorId: guideId }), guide({ validTo: yesterday })];
    case 'partner':
    case 'partnerWithout':
      return [grant({ role: 'external' })];
    case 'deputy':
      return [standIn(away.absent.get(person.personId))];
    case 'deputyLater':
      return [standIn(away.coming.get(person.personId))];
    default:
      return [];
  }
};
