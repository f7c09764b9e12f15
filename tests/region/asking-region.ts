import { addDays, finnishDate } from '#shared/domain/civil-date.ts';
import type { TeamRole } from '#shared/domain/access/team-membership.ts';
import { currentSchema, type Change } from '#shared/domain/change.ts';
import { findCode, jointPlan, professions, type Compartment } from '#shared/domain/codes.ts';
import type { Person } from '#shared/domain/directory.ts';
import { contactIdOf, planIdOf, type Id } from '#shared/domain/ids.ts';
import type { UseEntry } from '#shared/domain/use-log/entry.ts';
import type {
  OnlineCallName,
  OnlineInput,
  OnlineOutput,
} from '#shared/protocol/online/online-calls.ts';
import type { ErrorResponse } from '#shared/protocol/session.ts';
import { writeHybridTime } from '#shared/sync/hybrid-time.ts';
import { withTransaction } from '#server/db/pool.ts';
import { identityOf } from '#server/demo/identity-codes.ts';
import { savePeople, saveUnits } from '#server/region/directory.ts';
import { saveAccount } from '#server/region/identity/accounts.ts';
import { identityCodeHash } from '#server/region/rights/own-record.ts';
import { touchPersonRights } from '#server/region/rights/touch-rights.ts';
import { storeOwnChanges } from '#server/region/syncing/store-changes.ts';
import { testApp, testId, type TestApp } from './test-app.ts';
import { testDatabase, type TestDatabase } from './test-database.ts';
import { wireDevice, type WireDevice } from './wire-device.ts';

type NewPerson = Partial<
  Pick<
    Person,
    'profession' | 'taskClass' | 'unitId' | 'duties' | 'tasks' | 'partnerSector' | 'active'
  >
>;

export type Member = {
  readonly desk: WireDevice;
  readonly role?: TeamRole;
  readonly validFrom?: string;
  readonly validTo?: string | null;
  readonly supervisorId?: Id;
};

export type NewClient = {
  readonly familyName?: string;
  readonly code?: string | null;
  readonly unitId?: Id | null;
  readonly restraint?: boolean;
  readonly team?: readonly Member[];
  /** Parts in which the client has a note. */
  readonly parts?: readonly Compartment[];
};

export type Answer<N extends OnlineCallName> =
  | { readonly ok: true; readonly value: OnlineOutput<N> }
  | { readonly ok: false; readonly status: number; readonly error: ErrorResponse };

/** A region with people of every profession and clients made as a test needs them, asked by online calls. */
export type AskingRegion = {
  readonly database: TestDatabase;
  readonly region: TestApp;
  readonly today: () => string;
  readonly day: (fromToday: number) => string;
  readonly unit: () => Promise<Id>;
  /** A person at a device of their own, signed in. */
  readonly person: (login: string, as?: NewPerson) => Promise<WireDevice>;
  /** Signs the person in again, at a new device: after the clock has moved. */
  readonly again: (desk: WireDevice) => Promise<WireDevice>;
  /** Says that the colleague is who carries the code. */
  readonly isWhoHas: (desk: WireDevice, code: string) => Promise<void>;
  readonly code: () => string;
  readonly client: (client?: NewClient) => Promise<Id>;
  /** Writes for the region itself, into the joint plan unless told otherwise. */
  readonly write: (
    ...changes: readonly (Pick<Change, 'caseId' | 'kind' | 'group' | 'value'> & Partial<Change>)[]
  ) => Promise<readonly Change[]>;
  readonly ask: <N extends OnlineCallName>(
    desk: WireDevice,
    name: N,
    input: OnlineInput<N>,
  ) => Promise<Answer<N>>;
  /** The log of use, in the order in which it was written. */
  readonly log: (
    of?: Partial<Pick<UseEntry, 'action' | 'caseId' | 'personId'>>,
  ) => Promise<readonly UseEntry[]>;
  readonly close: () => Promise<void>;
};

let codesGiven = 0;

export const askingRegion = async (): Promise<AskingRegion> => {
  const database = await testDatabase();
  const region = await testApp(database.db);
  const { db } = database;
  const today = () => finnishDate(region.now().getTime());
  const scribe = testId();
  let counter = 0;

  const unit = async (): Promise<Id> => {
    const id = testId();
    await withTransaction(db, (tx) =>
      saveUnits(tx, [{ id, name: 'Yksikkö', municipality: 'Koeseutu', sector: 'joint' }]),
    );
    return id;
  };

  const write: AskingRegion['write'] = async (...wanted) => {
    const changes = wanted.map((one): Change => ({
      id: testId(),
      recordId: testId(),
      compartment: jointPlan,
      parents: [],
      authorId: scribe,
      profession: 'social-worker',
      taskClass: 'broad-client-responsibility',
      time: writeHybridTime(region.now().getTime(), (counter += 1) % 65_536),
      schema: currentSchema,
      ...one,
    }));
    await withTransaction(db, (tx) => storeOwnChanges(tx, changes, region.now()));
    return changes;
  };

  return {
    database,
    region,
    today,
    day: (fromToday) => addDays(today(), fromToday),
    unit,
    person: async (login, as = {}) => {
      const personId = testId();
      const secret = `salasana-${login}`;
      const profession = as.profession ?? 'physiotherapist';
      await withTransaction(db, async (tx) => {
        await savePeople(tx, [
          {
            id: personId,
            givenName: 'Aino',
            familyName: login,
            profession,
            taskClass: findCode(professions, profession)?.taskClass ?? 'limited-health',
            unitId: null,
            registerNumber: null,
            tasks: [],
            duties: [],
            partnerSector: null,
            active: true,
            ...as,
          },
        ]);
        await saveAccount(tx, { login, secret, personId }, region.now());
      });
      return wireDevice(region, { personId, login, secret });
    },
    again: (desk) => wireDevice(region, desk.person),
    isWhoHas: async (desk, code) => {
      const [state] = await database.owner.query<{ id: Id }>(
        'SELECT region_id AS id FROM region_state',
      );
      await withTransaction(db, async (tx) => {
        await tx.query('UPDATE person SET identity_code_hash = $2 WHERE id = $1', [
          desk.person.personId,
          identityCodeHash(state?.id ?? '', code),
        ]);
        await touchPersonRights(tx, [desk.person.personId]);
      });
    },
    code: () => identityOf('adult', (codesGiven += 1), 7, '2026-11-02').code,
    write,
    client: async ({
      familyName = 'Koe',
      code = null,
      unitId = null,
      restraint = false,
      team = [],
      parts = [],
    } = {}) => {
      const caseId = testId();
      await write(
        {
          caseId,
          recordId: caseId,
          kind: 'client',
          group: 'identity',
          value: {
            familyName,
            givenNames: 'Aino Maria',
            preferredName: 'Aino',
            personalIdentityCode: code,
            temporaryId: null,
            birthDate: null,
          },
        },
        { caseId, recordId: caseId, kind: 'client', group: 'care', value: { unitId } },
        {
          caseId,
          recordId: caseId,
          kind: 'client',
          group: 'protection',
          value: { restraintOnDisclosure: restraint },
        },
        {
          caseId,
          recordId: planIdOf(caseId),
          kind: 'plan',
          group: 'course',
          value: { track: 'working-age', status: 'active' },
        },
        {
          caseId,
          recordId: contactIdOf(caseId),
          kind: 'contact',
          group: 'contact',
          compartment: 'joint/contact',
          value: {
            phone: '040 555 0100',
            email: '',
            streetAddress: 'Salakatu 1',
            postalCode: '00000',
            town: 'Koeseutu',
            municipality: 'Koeseutu',
          },
        },
        ...parts.map((compartment) => ({
          caseId,
          kind: 'note',
          group: 'entry',
          compartment,
          value: {
            kind: 'other',
            text: `Merkintä: ${compartment}.`,
            happenedAt: '2026-11-01T12:00',
            corrects: null,
          },
        })),
        ...team.map((member) => membershipOf(caseId, member)),
      );
      return caseId;
    },
    ask: async (desk, name, input) => {
      // Each at a moment of its own, so that the log has an order.
      region.pass(1);
      const response = await region.app.inject({
        method: 'POST',
        url: `/v1/ask/${name}`,
        headers: { authorization: `Bearer ${desk.token}` },
        payload: input as object,
      });
      if (response.statusCode >= 500) throw new Error(`${name}: ${region.logged().slice(-2_000)}`);
      return response.statusCode === 200
        ? { ok: true, value: response.json() }
        : { ok: false, status: response.statusCode, error: response.json<ErrorResponse>() };
    },
    log: async (of = {}) => {
      const rows = await database.owner.query<{ body: string }>(
        'SELECT body FROM use_entry ORDER BY at, id',
      );
      return rows
        .map(({ body }) => JSON.parse(body) as UseEntry)
        .filter((entry) =>
          Object.entries(of).every(([key, value]) => entry[key as keyof UseEntry] === value),
        );
    },
    close: async () => {
      await region.app.close();
      await database.close();
    },
  };
};

/** A membership as the region writes it. */
export const membershipOf = (
  caseId: Id,
  { desk, role = 'participant', validFrom = '2020-01-01', validTo = null, supervisorId }: Member,
) => ({
  caseId,
  kind: 'membership',
  group: 'grant',
  value: {
    personId: desk.person.personId,
    profession: 'physiotherapist',
    // Not the member's: one then acts in one's own tasks.
    taskClass: 'external-partner',
    role,
    validFrom,
    validTo,
    ground: '',
    ...(supervisorId === undefined ? {} : { supervisorId }),
  },
});

/** What an answer says in one word: `ok`, the code, or the problem of what was not acceptable. */
export const answerWord = <N extends OnlineCallName>(answer: Answer<N>): string =>
  answer.ok ? 'ok' : (answer.error.problem ?? answer.error.code);

/** The answer of a call that must have succeeded. */
export const valueOf = <N extends OnlineCallName>(answer: Answer<N>): OnlineOutput<N> => {
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value;
};
