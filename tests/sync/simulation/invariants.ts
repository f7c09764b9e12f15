import type { Id } from '#shared/domain/ids.ts';
import { policyOf } from '#shared/domain/records/kinds.ts';
import { canonicalJson, sameJson, type Json } from '#shared/lib/canonical-json.ts';
import { groupStates } from '#shared/sync/replica.ts';
import { stepAfter, stepFollows } from '#shared/sync/steps.ts';
import { outboxOf, shown, type Device } from './device.ts';
import { stateAt, visibleScopes, type Region } from './region.ts';
import { scopeOf, type Scope, type Written } from './wire.ts';

/** What can be looked at from outside. */
export type Facts = {
  readonly region: Region;
  readonly devices: readonly Device[];
  /** Everything anybody ever wrote. */
  readonly written: ReadonlyMap<Id, Written>;
  /** Changes that no device keeps any more, because the only one that had them is gone with its disk. */
  readonly gone: ReadonlySet<Id>;
};

const fail = (what: string, ...details: readonly Json[]): never => {
  throw new Error(`${what}: ${details.map((detail) => canonicalJson(detail)).join(' ')}`);
};

/** What must hold after every single step. */
export const checkEverything = (world: Facts): void => {
  checkLog(world);
  checkNothingLost(world);
};

/** G4, U3: every stored change once, as it was written, under rising numbers. */
const checkLog = ({ region, written }: Facts): void => {
  const seen = new Set<Id>();
  let last = 0;
  for (const { seq, change } of region.log) {
    if (seq <= last) fail('a number does not rise', seq);
    if (seen.has(change.id)) fail('a change is stored twice', change.id);
    const original = written.get(change.id);
    if (!original || !sameJson(original, change)) fail('a change was altered', change.id);
    seen.add(change.id);
    last = seq;
  }
};

/** D2, D3: a change is with the region, or with its author's device, which knows that it is not. */
const checkNothingLost = ({ region, devices, written, gone }: Facts): void => {
  const withRegion = new Set([
    ...region.log.map((entry) => entry.change.id),
    ...region.review.keys(),
  ]);
  for (const id of written.keys()) {
    const isKept = gone.has(id) || devices.some(({ own }) => own.has(id));
    if (!isKept) fail('a device dropped its change', id);
  }
  for (const { epoch, own } of devices) {
    for (const [id, { verdict }] of own) {
      const toldSafe = verdict?.verdict === 'stored' || verdict?.verdict === 'review';
      if (toldSafe && epoch === region.epoch && !withRegion.has(id)) {
        fail('an acknowledged change is gone', id);
      }
    }
  }
};

const statesOf = (changes: Iterable<Written>): string => {
  const replica = { changes: new Map([...changes].map((change) => [change.id, change])) };
  const states = groupStates(replica, (change) => policyOf(change.kind, change.group));
  return canonicalJson([...states].map(([key, state]): Json => [key, state as unknown as Json]));
};

const inScope = (changes: Iterable<Written>, scope: Scope): readonly Written[] =>
  [...changes].filter((change) => scopeOf(change) === scope);

const logUpTo = (region: Region, through: number): readonly Written[] =>
  region.log.filter((entry) => entry.seq <= through).map((entry) => entry.change);

/** Another copy has gone on as this device, and this one has not heard of it yet (I2). */
const isOvertaken = (region: Region, { id, steps }: Device): boolean =>
  !stepFollows(region.steps.get(id) ?? null, stepAfter(steps, '').step);

/** What must hold whenever a device has taken a reply. */
export const checkDevice = ({ region }: Facts, device: Device): void => {
  if (device.epoch !== region.epoch || device.cursor === null) return;
  if (isOvertaken(region, device)) return;
  const given = stateAt(region, device.id, device.cursor)?.scopes;
  if (!given) return fail('the region does not know a cursor that it gave', device.cursor);
  for (const change of device.delivered.changes.values()) {
    const scope = scopeOf(change);
    if (!given.has(scope)) fail('a device holds what it was not given', device.id, scope);
    if (given.get(scope)?.state === 'leaving') fail('what left is still held', device.id, scope);
  }
  for (const scope of device.held) {
    const mine = statesOf(inScope(device.delivered.changes.values(), scope));
    const regions = statesOf(inScope(logUpTo(region, device.through), scope));
    if (mine !== regions) fail('a device differs at its cursor', device.id, scope, mine, regions);
  }
};

/** What must hold when the faults have ended and everybody has exchanged everything. */
export const checkHealed = (world: Facts): void => {
  const { region, devices } = world;
  checkEverything(world);
  for (const device of devices) {
    checkDevice(world, device);
    if (outboxOf(device).length > 0) fail('an outbox is not empty', device.id);
    const visible = visibleScopes(region, device.person);
    if (!sameJson([...device.held].toSorted(), [...visible])) {
      fail('the scope is not the rights', device.id, [...device.held], [...visible]);
    }
    const stored = region.log.map((entry) => entry.change);
    const due = stored.filter((change) => visible.includes(scopeOf(change)));
    const sees = statesOf(shown(device).changes.values());
    if (sees !== statesOf(due)) {
      fail('a screen differs', device.id, sees, statesOf(due));
    }
  }
};
