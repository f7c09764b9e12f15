import { sameContent, type Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { policyOf } from '#shared/domain/records/kinds.ts';
import { canonicalJson, type Json } from '#shared/lib/canonical-json.ts';
import type { PullResponse } from '#shared/protocol/pull.ts';
import { physicalMs } from '#shared/sync/hybrid-time.ts';
import { groupStates } from '#shared/sync/replica.ts';
import { idFromBytes } from '#main/db/id-bytes.ts';
import { allCases, caseIdOf } from '#main/db/queries/cases.ts';
import { readCase } from '#main/db/queries/changes.ts';
import { allRefused, inReview, nextToSend } from '#main/db/queries/outbox.ts';
import { readState } from '#main/db/queries/sync-state.ts';
import { scopesOfCase } from '#main/db/queries/scopes.ts';
import { byGroup, byRecord, groupState } from '#main/core/records/group-state.ts';
import { readRegionState } from '#server/region/region-state.ts';
import { readAccess } from '#server/region/rights/read-access.ts';
import { scopeGrants } from '#server/region/rights/scope-grants.ts';
import type { Device } from './device.ts';
import type { Answer, Asked } from './region.ts';
import type { World } from './world.ts';

const fail = (what: string, ...details: readonly Json[]): never => {
  throw new Error(`${what}: ${details.map((detail) => canonicalJson(detail)).join(' ')}`);
};

const everything = { changes: 1_000_000, bytes: Number.MAX_SAFE_INTEGER };

/** The device's own changes that it could send, or send again. */
const keptBy = ({ file }: Device): ReadonlySet<Id> =>
  new Set(
    file.db
      .all<{ id: Buffer }>(
        'SELECT change_id AS id FROM outbox UNION ALL SELECT change_id FROM stored_change',
      )
      .map(({ id }) => idFromBytes(id)),
  );

/** What has been saved since the last look: a change is saved once its transaction is on the disk (D1). */
export const noteWritten = (world: World): void => {
  for (const device of world.devices) {
    for (const { change } of nextToSend(device.file.db, everything, 0)) {
      if (!world.written.has(change.id)) world.written.set(change.id, { change, device });
    }
  }
};

const withRegion = async (world: World): Promise<ReadonlySet<Id>> =>
  new Set(
    (
      await world.region
        .look()
        .query<{ id: Id }>(
          'SELECT change_id AS id FROM change_log UNION ALL SELECT change_id FROM review',
        )
    ).map(({ id }) => id),
  );

/** D2, D3, L5: a change is with the region, or its author's device could send it still. */
export const checkNothingLost = async (world: World): Promise<void> => {
  const there = await withRegion(world);
  const kept = new Map(world.devices.map((device) => [device, keptBy(device)]));
  for (const [id, { change, device }] of world.written) {
    if (there.has(id)) continue;
    if (!kept.get(device)?.has(id)) fail('a change is lost', device.name, change);
  }
};

/**
 * After a restore: what the region lost and no device of its author could send any more is no loss that
 * anybody could mend. Its client had left the device, which then keeps no words (P3, P4).
 */
export const forgetUnkept = async (world: World): Promise<void> => {
  const there = await withRegion(world);
  const kept = new Map(world.devices.map((device) => [device, keptBy(device)]));
  for (const [id, { device }] of world.written) {
    if (there.has(id) || kept.get(device)?.has(id)) continue;
    world.written.delete(id);
    world.counts['goneWithTheBackup'] = (world.counts['goneWithTheBackup'] ?? 0) + 1;
  }
};

/** The parts that the person may hold now. */
const dueScopes = async (world: World, personId: Id): Promise<ReadonlySet<string>> => {
  const db = world.region.look();
  const cases = await db.query<{ id: Id }>('SELECT DISTINCT case_id AS id FROM case_compartment');
  const access = await readAccess(
    db,
    personId,
    cases.map(({ id }) => id),
    world.nowMs(),
  );
  return new Set(
    [...access].flatMap(([caseId, one]) =>
      scopeGrants(caseId, one).map(({ compartment }) => `${caseId} ${compartment}`),
    ),
  );
};

/** Nobody is sent what they may not see at that moment, whatever they ask. */
export const checkAnswer = async (
  world: World,
  device: Device,
  asked: Asked,
  answer: Answer,
): Promise<void> => {
  if (asked.path !== '/v1/pull' || answer.status !== 200) {
    if (answer.status >= 500) fail('the region could not answer', asked.path, answer.body);
    return;
  }
  const { changes } = JSON.parse(answer.body) as PullResponse;
  if (changes.length === 0) return;
  const due = await dueScopes(world, device.desk.person.id);
  for (const { change } of changes) {
    const scope = `${change.caseId} ${change.compartment}`;
    if (!due.has(scope)) fail('a page leaks', device.name, scope);
  }
};

type LogRow = Omit<Change, 'caseId' | 'recordId'> & {
  readonly caseId: Id;
  readonly recordId: Id;
  readonly seq: number;
};

const readLog = (world: World): Promise<readonly LogRow[]> =>
  world.region.look().query<LogRow>(
    `SELECT seq, change_id AS id, record_id AS "recordId", kind, case_id AS "caseId", compartment,
       grp AS "group", value, parents, author_id AS "authorId", profession, task_class AS "taskClass",
       hybrid_time AS time, schema FROM change_log ORDER BY seq`,
  );

const plainState = (state: {
  readonly state: string;
  readonly heads?: readonly { readonly id: Id }[];
  readonly value?: unknown;
  readonly ancestor?: { readonly id: Id } | null;
}): Json =>
  ({
    state: state.state,
    heads: (state.heads ?? []).map(({ id }) => id).toSorted(),
    value: state.value ?? null,
    ancestor: state.ancestor?.id ?? null,
  }) as Json;

/** What a case file shows, by record and group. */
const shownBy = ({ file }: Device): ReadonlyMap<string, Json> =>
  new Map(
    allCases(file.db).flatMap((caseNo) =>
      [...byRecord(readCase(file.db, caseNo))].flatMap(([recordId, changes]) =>
        [...byGroup(changes)].map(
          ([group, ofGroup]) => [`${recordId}/${group}`, plainState(groupState(ofGroup))] as const,
        ),
      ),
    ),
  );

/** What must hold when the faults have ended and everybody has exchanged everything. */
export const checkHealed = async (world: World): Promise<void> => {
  const log = await readLog(world);
  const stored = new Map(log.map(({ seq: _seq, ...change }) => [change.id, change]));
  if (stored.size !== log.length) fail('a change is stored twice');
  for (const [id, { change }] of world.written) {
    const known = stored.get(id);
    if (known && !sameContent(known, change)) fail('a change was altered', change, known);
  }
  for (const device of world.devices) {
    const { db } = device.file;
    const waiting = nextToSend(db, everything, 0);
    if (waiting.length > 0) fail('an outbox is not empty', device.name, waiting.length);
    for (const { refused, change } of allRefused(db)) {
      if (refused === inReview) continue;
      fail('a change is refused', device.name, refused, change);
    }
    const due = await dueScopes(world, device.desk.person.id);
    const held = allCases(db).flatMap((caseNo) =>
      scopesOfCase(db, caseNo)
        .filter(({ entered }) => entered)
        .map(({ compartment }) => `${caseIdOf(db, caseNo)} ${compartment}`),
    );
    if (canonicalJson(held.toSorted()) !== canonicalJson([...due].toSorted())) {
      fail('the scope is not the rights', device.name, held.toSorted(), [...due].toSorted());
    }
    const visible = [...stored.values()].filter((change) =>
      due.has(`${change.caseId} ${change.compartment}`),
    );
    const model = groupStates(
      { changes: new Map(visible.map((change) => [change.id, change])) },
      (change) => policyOf(change.kind, change.group),
    );
    const shown = shownBy(device);
    for (const key of new Set([...model.keys(), ...shown.keys()])) {
      const expected = model.get(key);
      const sees = shown.get(key) ?? null;
      const plain = expected === undefined ? null : plainState(expected);
      if (canonicalJson(sees) !== canonicalJson(plain)) {
        fail('a screen differs', device.name, key, sees, plain);
      }
    }
  }
  const inReviewNow = await world.region.look().query('SELECT FROM review');
  const { epoch } = await readRegionState(world.region.look());
  Object.assign(world.counts, {
    written: world.written.size,
    stored: stored.size,
    doubled: Math.max(0, stored.size - world.written.size),
    lost: Math.max(0, world.written.size - stored.size - inReviewNow.length),
    unnoticed: world.devices.filter(({ file }) => readState(file.db, 'epoch') !== epoch).length,
    movedClocks: world.devices.filter(hasMovedClock).length,
  });
};

/** C3: the clock of a device is never moved further than five minutes ahead of its own readings. */
const hasMovedClock = ({ file, highestMs }: Device): boolean => {
  const clock = readState(file.db, 'clock');
  return clock !== null && physicalMs(clock) > highestMs + 5 * 60_000;
};
