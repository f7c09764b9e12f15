import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { currentSchema, type Change } from '#shared/domain/change.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Person, Unit } from '#shared/domain/directory.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import { tick } from '#shared/sync/hybrid-time.ts';
import { withTransaction, type Database } from '#server/db/pool.ts';
import { savePeople, saveUnits } from '#server/region/directory.ts';
import { saveAccount } from '#server/region/identity/accounts.ts';
import { storeOwnChanges } from '#server/region/syncing/store-changes.ts';
import { startCell } from '../plans/plan-work.ts';
import type { PreparedRegion } from '../plans/punos-replica.ts';
import { growRegion } from './grow-region.ts';
import type { Account } from './real-desk.ts';

const anId = (): Id => newId(Date.now(), randomBytes);

const unit: Unit = { id: anId(), name: 'Kotihoito', municipality: 'Koeseutu', sector: 'joint' };

export const newPerson = (familyName: string): Person => ({
  id: anId(),
  givenName: 'Mittari',
  familyName,
  profession: 'social-worker',
  taskClass: 'limited-health',
  unitId: unit.id,
  registerNumber: null,
  tasks: [],
  duties: [],
  partnerSector: null,
  active: true,
});

let time: string | null = null;

/** A change by a person, of the day on which the benchmark runs. */
export const changeBy = (
  author: Person,
  content: Pick<Change, 'recordId' | 'kind' | 'caseId' | 'group' | 'value'> & Partial<Change>,
): Change => {
  time = tick(time, Date.now());
  return {
    id: anId(),
    compartment: jointPlan,
    parents: [],
    authorId: author.id,
    profession: author.profession,
    taskClass: author.taskClass,
    time,
    schema: currentSchema,
    ...content,
  };
};

export const membershipOf = (person: Person, caseId: Id): Change =>
  changeBy(person, {
    recordId: anId(),
    kind: 'membership',
    caseId,
    group: 'grant',
    value: {
      personId: person.id,
      profession: person.profession,
      taskClass: person.taskClass,
      role: 'participant',
      validFrom: '2020-01-01',
      validTo: null,
      ground: '',
    },
  });

export const identityOf = (author: Person, caseId: Id, name: string): Change =>
  changeBy(author, {
    recordId: caseId,
    kind: 'client',
    caseId,
    group: 'identity',
    value: {
      familyName: name,
      givenNames: 'Aune',
      preferredName: '',
      personalIdentityCode: null,
      temporaryId: null,
      birthDate: null,
    },
  });

/** People with a unit, without accounts. */
export const savePersons = (db: Database, people: readonly Person[]): Promise<void> =>
  withTransaction(db, async (tx) => {
    await saveUnits(tx, [unit]);
    await savePeople(tx, people);
  });

/** A device of the person, as signing in would enrol it. @returns its id */
export const enrolDevice = async (
  db: Database,
  personId: Id,
  publicKey: Uint8Array,
): Promise<Id> => {
  const deviceId = anId();
  await db.query(
    `INSERT INTO device (id, public_key, person_id, name, created_at, last_seen_at)
     VALUES ($1, $2, $3, 'Benchmark', now(), now())`,
    [deviceId, Buffer.from(publicKey), personId],
  );
  return deviceId;
};

/** Changes that one transaction takes in. */
const batchChanges = 1_000;

export const storeAll = async (db: Database, changes: readonly Change[]): Promise<void> => {
  for (let from = 0; from < changes.length; from += batchChanges) {
    const batch = changes.slice(from, from + batchChanges);
    await withTransaction(db, (tx) => storeOwnChanges(tx, batch, new Date()));
  }
};

const worldInput = z.object({ devices: z.int(), plans: z.int(), recordsPerPlan: z.int() });

let worlds = 0;

/** Accounts that the people can sign in with. */
const saveAccounts = async (
  db: Database,
  people: readonly Person[],
): Promise<readonly Account[]> => {
  const accounts = people.map(({ id, familyName }): Account => ({
    personId: id,
    login: familyName.toLowerCase(),
    secret: `salasana-${familyName}`,
  }));
  await withTransaction(db, async (tx) => {
    for (const account of accounts) await saveAccount(tx, account, new Date());
  });
  return accounts;
};

type Plan = PreparedRegion['plans'][number];

/** Clients of all of the people, with plans of needs. */
const storePlans = async (
  db: Database,
  people: readonly Person[],
  plans: number,
  recordsPerPlan: number,
): Promise<readonly Plan[]> => {
  const [founder] = people;
  if (!founder) throw new Error('A world without people');
  const made = Array.from({ length: plans }, (_, plan) => {
    const caseId = anId();
    const recordIds = Array.from({ length: recordsPerPlan }, anId);
    const changes = [
      identityOf(founder, caseId, `Kivimetsä ${plan}`),
      ...people.map((person) => membershipOf(person, caseId)),
      ...recordIds.map((recordId, record) =>
        changeBy(founder, {
          recordId,
          kind: 'need',
          caseId,
          group: 'heading',
          value: startCell(plan, record),
        }),
      ),
    ];
    return { caseId, recordIds, changes };
  });
  await storeAll(
    db,
    made.flatMap(({ changes }) => changes),
  );
  await db.query('ANALYZE');
  return made.map(({ caseId, recordIds }) => ({ caseId, recordIds }));
};

/** People with accounts, and clients of all of them with plans of needs: a world of its own each time. */
export const prepareWorld = async (db: Database, input: unknown): Promise<PreparedRegion> => {
  const { devices, plans, recordsPerPlan } = worldInput.parse(input);
  const world = (worlds += 1);
  const people = Array.from({ length: devices }, (_, device) => newPerson(`W${world}D${device}`));
  await savePersons(db, people);
  const accounts = await saveAccounts(db, people);
  const stored = await storePlans(db, people, plans, recordsPerPlan);
  return { people: [...accounts], plans: [...stored] };
};

const roundInput = z.object({ own: z.int(), recordsPerPlan: z.int(), others: z.int() });

/** A home-care nurse with clients of their own, and with a unit's round of many others. */
export const prepareRound = async (
  db: Database,
  owner: Database,
  input: unknown,
): Promise<PreparedRegion> => {
  const { own, recordsPerPlan, others } = roundInput.parse(input);
  const taskClass = 'limited-health';
  const nurse: Person = {
    ...newPerson(`Kiertäjä${(worlds += 1)}`),
    profession: 'home-care-nurse',
    taskClass,
    tasks: [
      {
        unitId: unit.id,
        profession: 'home-care-nurse',
        taskClass,
        services: [],
        round: true,
        validFrom: '2020-01-01',
        validTo: null,
      },
    ],
  };
  await savePersons(db, [nurse]);
  const accounts = await saveAccounts(db, [nurse]);
  await growRegion(owner, { clients: others, unitId: unit.id });
  const stored = await storePlans(db, [nurse], own, recordsPerPlan);
  return { people: [...accounts], plans: [...stored] };
};
