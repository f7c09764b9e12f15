import { randomInt } from 'node:crypto';
import { findCode, professions, type Compartment } from '#shared/domain/codes.ts';
import type { Change } from '#shared/domain/change.ts';
import type { Person, WorkTask } from '#shared/domain/directory.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { teamRoles } from '#shared/domain/records/team.ts';
import type { Grant } from '#shared/protocol/grant.ts';
import type { Scope } from '#shared/protocol/pull.ts';
import { withTransaction, type Transaction } from '#server/db/pool.ts';
import { addPerson, testApp, testId, type TestApp } from './test-app.ts';
import { testDatabase, type TestDatabase } from './test-database.ts';
import {
  grantOf,
  wireDevice,
  type Pulled,
  type TeamPlace,
  type WireDevice,
} from './wire-device.ts';

/** A professional at a device, who also writes what the test says. */
export type Desk = WireDevice & {
  readonly personId: Id;
  readonly profession: string;
};

/** A client with a social worker as custodian. */
export type TestClient = {
  readonly caseId: Id;
  readonly custodian: Desk;
  /** The custodian lets somebody into the team. */
  readonly letIn: (
    desk: Desk,
    place?: Partial<TeamPlace> & { readonly role?: (typeof teamRoles)[number] },
  ) => Promise<Change>;
  /** The custodian records a permission, consent, prohibition or joint service. */
  readonly record: (kind: string, scope: object) => Promise<Change>;
  readonly write: (desk: Desk, compartment: Compartment) => Promise<Change>;
};

export type RightsWorld = {
  readonly database: TestDatabase;
  readonly region: TestApp;
  readonly desk: (profession: string, otherwise?: Partial<Person>) => Promise<Desk>;
  readonly client: () => Promise<TestClient>;
  /** As the region's own use cases do: in a transaction of the server. */
  readonly change: (work: (tx: Transaction) => Promise<unknown>) => Promise<void>;
  readonly end: () => Promise<void>;
};

/** What a member of these says is stored, or the test ends. */
export const stored = async (desk: WireDevice, ...changes: readonly Change[]): Promise<void> => {
  const receipts = await desk.push(...changes);
  const odd = receipts.find((receipt) => receipt.verdict !== 'stored');
  if (odd) throw new Error(JSON.stringify(odd));
};

/** A task of the profession in a unit; with round it goes to the unit's clients. */
export const taskOf = (profession: string, otherwise: Partial<WorkTask> = {}): WorkTask => ({
  unitId: null,
  profession,
  taskClass: findCode(professions, profession)?.taskClass ?? '',
  services: [],
  round: false,
  validFrom: '2020-01-01',
  validTo: null,
  ...otherwise,
});

export const removal = (desk: Desk, record: Change, covers = [record.id]): Change =>
  desk.change({
    caseId: record.caseId,
    recordId: record.recordId,
    kind: record.kind,
    compartment: record.compartment,
    group: 'existence',
    value: { state: 'removed', reason: 'Ei enää voimassa.', covers },
  });

/** Another value of the same group, in the place of the one before. */
export const replaced = (desk: Desk, before: Change, value: object): Change =>
  desk.change({
    ...before,
    id: testId(),
    authorId: desk.personId,
    parents: [before.id],
    value: { ...before.value, ...value },
  });

/** The device that takes every page from where it stood, and answers for what it holds then. */
export type Follower = {
  readonly desk: Desk;
  readonly pull: () => Promise<{
    readonly entered: readonly string[];
    readonly left: readonly string[];
    readonly grants: readonly Grant[];
    readonly changes: ReadonlyMap<Id, Change>;
  }>;
  readonly holds: () => readonly string[];
};

const nameOf = ({ compartment }: Scope): string => compartment;

/** Follows one client on one device: compartments by name, as they come and go. */
export const follow = (desk: Desk, caseId: Id): Follower => {
  let before: Pulled | null = null;
  let held: readonly string[] = [];
  let erased: readonly Scope[] = [];
  const ofClient = (scopes: readonly Scope[]): readonly Scope[] =>
    scopes.filter((scope) => scope.caseId === caseId);
  return {
    desk,
    holds: () => held,
    pull: async () => {
      const now: Pulled = await desk.pullAll(
        before ? { begun: before.begun, cursor: before.cursor, erased: [...erased] } : {},
      );
      before = now;
      const left = [...new Set(ofClient(now.left).map(nameOf))].toSorted();
      const entered = ofClient(now.entered).map(nameOf).toSorted();
      erased = now.pages.at(-1)?.left ?? [];
      held = [...held.filter((name) => !left.includes(name)), ...entered].toSorted();
      const grants = now.grants.filter((grant) => grant.caseId === caseId);
      return { entered, left, grants, changes: now.changes };
    },
  };
};

export const startRightsWorld = async (): Promise<RightsWorld> => {
  const database = await testDatabase();
  const region = await testApp(database.db);
  const desk: RightsWorld['desk'] = async (profession, otherwise = {}) => {
    const login = `${profession}.${randomInt(1e9)}`;
    const task = findCode(professions, profession)?.taskClass ?? '';
    const person = await addPerson(database.db, login, {
      profession,
      taskClass: task,
      ...otherwise,
    });
    const device = await wireDevice(region, person);
    return Object.defineProperties({} as Desk, {
      ...Object.getOwnPropertyDescriptors(device),
      personId: { value: person.personId },
      profession: { value: profession },
    });
  };
  const placeOf = (who: Desk): TeamPlace => ({
    personId: who.personId,
    profession: who.profession,
    taskClass: findCode(professions, who.profession)?.taskClass ?? '',
  });
  return {
    database,
    region,
    desk,
    client: async () => {
      const custodian = await desk('social-worker');
      const caseId = testId();
      const letIn: TestClient['letIn'] = async (who, place = {}) => {
        const value = grantOf({ ...placeOf(who), ...place });
        const given = custodian.change({ caseId, kind: 'membership', group: 'grant', value });
        await stored(custodian, given);
        return given;
      };
      await letIn(custodian, { role: 'custodian' });
      await stored(custodian, custodian.change({ caseId }));
      return {
        caseId,
        custodian,
        letIn,
        record: async (kind, scope) => {
          const value = { ...commonOf(kind), ...scope };
          const made = custodian.change({
            caseId,
            kind,
            compartment: 'joint/permissions',
            group: 'scope',
            value,
          });
          await stored(custodian, made);
          return made;
        },
        write: async (who, compartment) => {
          const written = who.change({ caseId, compartment });
          await stored(who, written);
          return written;
        },
      };
    },
    change: async (work) => {
      await withTransaction(database.db, work);
    },
    end: async () => {
      await region.app.close();
      await database.close();
    },
  };
};

const commonOf = (kind: string): object => ({
  validFrom: '2026-01-01',
  validTo: null,
  ...(kind === 'joint-service'
    ? { name: 'Kotona asumisen tuki' }
    : { text: 'Kuten keskusteltiin.', givenBy: 'Aune Kivimetsä', way: 'in-person' }),
  ...(kind === 'permission' ? { unitIds: [] } : {}),
  ...(kind === 'prohibition' ? { register: null, compartments: [], recordId: null } : {}),
});
