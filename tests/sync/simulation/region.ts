import type { Id } from '#shared/domain/ids.ts';
import { contextOf } from '#shared/sync/context.ts';
import { headsOf } from '#shared/sync/heads.ts';
import { stepFollows, type MadeStep } from '#shared/sync/steps.ts';
import { sameJson } from '#shared/lib/canonical-json.ts';
import {
  scopeOf,
  type Page,
  type PullAsk,
  type Receipt,
  type Request,
  type Scope,
  type Written,
} from './wire.ts';

/** A region's server as SPEC.md describes it, in plain data: what it must do, not how it is stored. */
export type Region = {
  epoch: number;
  readonly log: Stored[];
  readonly review: Map<Id, Written>;
  /** Rights come from a journal that a restore does not take back. */
  readonly members: Map<Id, Set<Id>>;
  readonly formerMembers: Map<Id, Set<Id>>;
  /** What each device was given: per cursor the state that this cursor stands for (L2, L4). */
  readonly given: Map<Id, Map<string, DeviceState>>;
  cursors: number;
  /** The last step taken of each device (I2). */
  readonly steps: Map<Id, MadeStep>;
  /** Devices as which others have gone on: from the journal, so that no restore takes it back (I4). */
  readonly replaced: Set<Id>;
  backup: {
    readonly log: readonly Stored[];
    readonly review: ReadonlyMap<Id, Written>;
    readonly steps: ReadonlyMap<Id, MadeStep>;
  };
};

export type Stored = { readonly seq: number; readonly change: Written };

export type DeviceState = {
  /** The cursor that this one was offered after. */
  readonly after: string | null;
  readonly through: number;
  readonly scopes: ReadonlyMap<Scope, ScopeState>;
};
type ScopeState =
  | { readonly state: 'entering'; readonly reached: string }
  | { readonly state: 'in' }
  | { readonly state: 'leaving' };

export const compartments = ['joint/plan', 'social/adults'] as const;

export const newRegion = (): Region => ({
  epoch: 1,
  log: [],
  review: new Map(),
  members: new Map(),
  formerMembers: new Map(),
  given: new Map(),
  cursors: 0,
  steps: new Map(),
  replaced: new Set(),
  backup: { log: [], review: new Map(), steps: new Map() },
});

const add = (map: Map<Id, Set<Id>>, key: Id, value: Id): void => {
  map.set(key, (map.get(key) ?? new Set()).add(value));
};

export const giveMembership = (region: Region, caseId: Id, person: Id): void => {
  add(region.members, caseId, person);
};

export const takeMembership = (region: Region, caseId: Id, person: Id): void => {
  if (region.members.get(caseId)?.delete(person)) add(region.formerMembers, caseId, person);
};

export const highWater = (region: Region): number => region.log.at(-1)?.seq ?? 0;

export const visibleScopes = (region: Region, person: Id): readonly Scope[] =>
  [...region.members]
    .filter(([, people]) => people.has(person))
    .flatMap(([caseId]) => compartments.map((compartment) => scopeOf({ caseId, compartment })))
    .toSorted();

const append = (region: Region, change: Written): Receipt => {
  const seq = highWater(region) + 1;
  region.log.push({ seq, change });
  return { changeId: change.id, verdict: 'stored', seq };
};

const receiptOf = (region: Region, id: Id): Receipt | null => {
  const stored = region.log.find((entry) => entry.change.id === id);
  if (stored) return { changeId: id, verdict: 'stored', seq: stored.seq };
  return region.review.has(id) ? { changeId: id, verdict: 'review' } : null;
};

/** One change of a push (U2–U4, U6). A refusal leaves no trace: sent again, it is judged anew (U3). */
const takeIn = (region: Region, person: Id, change: Written): Receipt => {
  const refused = (code: string): Receipt => ({ changeId: change.id, verdict: 'refused', code });
  const known =
    region.log.find((entry) => entry.change.id === change.id)?.change ??
    region.review.get(change.id);
  if (known) {
    return sameJson(known, change)
      ? (receiptOf(region, change.id) ?? refused('id-taken'))
      : refused('id-taken');
  }
  if (change.value['bad'] === true) return refused('bad-value');
  if (!region.members.has(change.caseId)) giveMembership(region, change.caseId, person);
  if (region.members.get(change.caseId)?.has(person)) return append(region, change);
  if (!region.formerMembers.get(change.caseId)?.has(person)) return refused('no-access');
  region.review.set(change.id, change);
  return { changeId: change.id, verdict: 'review' };
};

export const push = (region: Region, person: Id, changes: readonly Written[]): readonly Receipt[] =>
  changes.map((change) => takeIn(region, person, change));

export const acceptReview = (region: Region, pick: number): void => {
  const waiting = [...region.review.values()];
  const change = waiting[pick % Math.max(waiting.length, 1)];
  if (!change) return;
  region.review.delete(change.id);
  append(region, change);
};

export const backUp = (region: Region): void => {
  const { log, review, steps } = region;
  region.backup = { log: [...log], review: new Map(review), steps: new Map(steps) };
};

/** The newest backup becomes the region: later changes are gone, and so is what devices were given. */
export const restore = (region: Region): void => {
  region.epoch += 1;
  region.log.splice(0, region.log.length, ...region.backup.log);
  region.review.clear();
  for (const [id, change] of region.backup.review) region.review.set(id, change);
  region.steps.clear();
  for (const [id, step] of region.backup.steps) region.steps.set(id, step);
  region.given.clear();
};

/** I2, I4: whether the request is taken. One that is not does nothing but introduce its device. */
export const takeStep = (
  region: Region,
  { from, step, replaces }: Pick<Request, 'from' | 'step' | 'replaces'>,
): boolean => {
  if (replaces !== null) region.replaced.add(replaces);
  if (region.replaced.has(from) || !stepFollows(region.steps.get(from) ?? null, step)) return false;
  region.steps.set(from, step);
  return true;
};

/** The state that a device's cursor stands for. */
export const stateAt = (region: Region, device: Id, cursor: string): DeviceState | undefined =>
  region.given.get(device)?.get(cursor);

const baseOf = (region: Region, device: Id, cursor: string | null): DeviceState | null => {
  if (cursor === null) return { after: null, through: highWater(region), scopes: new Map() };
  const states = region.given.get(device);
  const state = states?.get(cursor);
  if (!state) return null;
  // The cursor that comes back confirms its page: what was offered beside it was never taken. What has been
  // offered after it stays, since a retry may overtake its first try, and either reply may be taken (L4).
  const standing = [...(states ?? [])].filter(
    ([other, { after }]) => other === cursor || after === cursor,
  );
  region.given.set(device, new Map(standing));
  return state;
};

/** One page, or null for a cursor that is not this device's or not of this epoch (L2, L5). */
export const pull = (
  region: Region,
  device: Id,
  person: Id,
  ask: PullAsk,
  pageSize: number,
): Page | null => {
  const base = baseOf(region, device, ask.cursor);
  if (!base) return null;
  const scopes = scopesNow(base, ask.erased, visibleScopes(region, person));
  const { changes, through } = logPage(region, base.through, scopes, pageSize);
  const caughtUp = through === highWater(region);
  const entered = caughtUp
    ? enter(region, visibleScopes(region, person), scopes, changes, pageSize)
    : [];
  const left = [...scopes].flatMap(([scope, { state }]) => (state === 'leaving' ? [scope] : []));
  const entering = [...scopes.values()].filter(({ state }) => state === 'entering').length;
  region.cursors += 1;
  const cursor = `${region.epoch}.${region.cursors}`;
  region.given.set(
    device,
    new Map(region.given.get(device)).set(cursor, {
      after: ask.cursor,
      through,
      scopes: new Map(scopes),
    }),
  );
  return {
    changes: [...changes.values()],
    entered,
    left,
    receipts: ask.awaiting.flatMap((id) => receiptOf(region, id) ?? []),
    cursor,
    through,
    more: !caughtUp || entering > 0,
  };
};

/** What the device has erased is gone; what it may no longer see leaves, until it says so (P1, P3). */
const scopesNow = (
  base: DeviceState,
  erased: readonly Scope[],
  visible: readonly Scope[],
): Map<Scope, ScopeState> => {
  const scopes = new Map(base.scopes);
  for (const scope of erased) if (scopes.get(scope)?.state === 'leaving') scopes.delete(scope);
  for (const scope of scopes.keys()) {
    if (!visible.includes(scope)) scopes.set(scope, { state: 'leaving' });
  }
  return scopes;
};

/** The log after the cursor, with what heads and ancestors need beside it (L1, L7). */
const logPage = (
  region: Region,
  after: number,
  scopes: ReadonlyMap<Scope, ScopeState>,
  pageSize: number,
): { readonly changes: Map<Id, Written>; readonly through: number } => {
  const wanted = region.log.filter(
    (entry) => entry.seq > after && reaches(scopes.get(scopeOf(entry.change))),
  );
  const slice = wanted.slice(0, pageSize);
  const through = slice.length < wanted.length ? (slice.at(-1)?.seq ?? after) : highWater(region);
  const changes = new Map(slice.map(({ change }) => [change.id, change]));
  const known = region.log.filter((entry) => entry.seq <= through).map(({ change }) => change);
  for (const [key, part] of byGroup(slice.map(({ change }) => change))) {
    const stored = known.filter((change) => groupKey(change) === key);
    addContext(changes, stored, new Set(part.map((change) => change.id)));
  }
  return { changes, through };
};

const reaches = (scope: ScopeState | undefined): boolean =>
  scope !== undefined && scope.state !== 'leaving';

const addContext = (
  changes: Map<Id, Written>,
  stored: readonly Written[],
  delivered: ReadonlySet<Id>,
): void => {
  const context = new Set(contextOf(stored, delivered));
  for (const change of stored) if (context.has(change.id)) changes.set(change.id, change);
};

/** Only when the log has been given to its end: what enters is then the state at this very position (P2, P5). */
const enter = (
  region: Region,
  visible: readonly Scope[],
  scopes: Map<Scope, ScopeState>,
  changes: Map<Id, Written>,
  pageSize: number,
): readonly Scope[] => {
  for (const scope of visible) {
    if (!scopes.has(scope)) scopes.set(scope, { state: 'entering', reached: '' });
  }
  const entered: Scope[] = [];
  for (const [scope, state] of scopes) {
    if (state.state !== 'entering') continue;
    const groups = byGroup(
      region.log.map((entry) => entry.change).filter((change) => scopeOf(change) === scope),
    );
    const waiting = [...groups].filter(([key]) => key > state.reached);
    for (const [key, stored] of waiting.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      if (changes.size >= pageSize) return entered;
      const heads = headsOf(stored);
      for (const head of heads) changes.set(head.id, head);
      addContext(changes, stored, new Set(heads.map((head) => head.id)));
      scopes.set(scope, { state: 'entering', reached: key });
    }
    scopes.set(scope, { state: 'in' });
    entered.push(scope);
  }
  return entered;
};

const groupKey = (change: Written): string => `${change.recordId}/${change.group}`;

const byGroup = (changes: readonly Written[]): Map<string, Written[]> =>
  Map.groupBy(changes, groupKey);
