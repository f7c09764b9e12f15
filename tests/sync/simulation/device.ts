import type { HybridTime } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { observe, tick } from '#shared/sync/hybrid-time.ts';
import { emptyReplica, receive, type Replica } from '#shared/sync/replica.ts';
import { noSteps, stepAfter, stepAnswered, type Steps } from '#shared/sync/steps.ts';
import {
  scopeOf,
  type Page,
  type PullAsk,
  type Receipt,
  type Reply,
  type Request,
  type Scope,
  type Written,
} from './wire.ts';

/** One person's device. Everything but `waitsFor` is durable: each function below is one transaction. */
export type Device = {
  /** Another one after it has heard that there are two of it (I3). */
  id: Id;
  replaces: Id | null;
  steps: Steps;
  /** What is shown is of the device that this one goes on from, and goes with the first page (I3). */
  dropsAtFirstPage: boolean;
  readonly person: Id;
  epoch: number;
  cursor: string | null;
  through: number;
  /** The last page said that more waits. */
  more: boolean;
  /** Written by pulls alone (D6). */
  delivered: Replica<Written>;
  /** Scopes that have entered completely. */
  readonly held: Set<Scope>;
  /** Scopes that left and have not entered again: own unsent changes there are kept and not shown (P4). */
  readonly away: Set<Scope>;
  /** Erased, and not yet known to be reported. */
  readonly erased: Set<Scope>;
  /** Own changes in their order. A row without a verdict is the outbox; others are kept to be sent anew (L5). */
  readonly own: Map<Id, OwnChange>;
  clock: HybridTime | null;
  wallClockMs: number;
  /** Lost at a restart: the request whose reply is still listened to. A device has one under way. */
  waitsFor: number | null;
};

export type OwnChange = { readonly change: Written; verdict: Receipt | null };

export const newDevice = (id: Id, person: Id): Device => ({
  id,
  replaces: null,
  steps: noSteps,
  dropsAtFirstPage: false,
  person,
  epoch: 0,
  cursor: null,
  through: 0,
  more: true,
  delivered: emptyReplica(),
  held: new Set(),
  away: new Set(),
  erased: new Set(),
  own: new Map(),
  clock: null,
  wallClockMs: 1_800_000_000_000,
  waitsFor: null,
});

/** Another computer with all that is durable of this one. */
export const copyOf = (device: Device): Device => ({
  ...structuredClone(device),
  waitsFor: null,
});

export const restartDevice = (device: Device): void => {
  device.waitsFor = null;
};

export const outboxOf = (device: Device): readonly Written[] =>
  [...device.own.values()].filter((row) => row.verdict === null).map((row) => row.change);

/**
 * What the person sees: what the server delivered, and the own changes that its deliveries do not account
 * for yet (D6). A change in review or refused is shown beside the plan, not in it (D3, D7).
 */
export const shown = (device: Device): Replica<Written> =>
  receive(
    device.delivered,
    ...[...device.own.values()].filter((row) => counts(device, row)).map((row) => row.change),
  );

const counts = (device: Device, { change, verdict }: OwnChange): boolean => {
  const scope = scopeOf(change);
  if (device.away.has(scope)) return false;
  if (verdict === null) return true;
  return verdict.verdict === 'stored' && !(verdict.seq <= device.through && device.held.has(scope));
};

/** D1: the change and its place in the outbox are one step. */
export const writeOwn = (device: Device, edit: Omit<Written, 'time' | 'authorId'>): void => {
  device.clock = tick(device.clock, device.wallClockMs);
  const change = { ...edit, time: device.clock, authorId: device.person };
  device.own.set(change.id, { change, verdict: null });
};

/** I1: the step is noted before its request goes; `mark` is made by nobody else. */
const nextStep = (device: Device, mark: string): Pick<Request, 'from' | 'step' | 'replaces'> => {
  const { step, steps } = stepAfter(device.steps, mark);
  device.steps = steps;
  return { from: device.id, step, replaces: device.replaces };
};

export const pushRequest = (device: Device, batch: number, mark: string): Request | null => {
  const changes = outboxOf(device).slice(0, batch);
  return changes.length === 0 ? null : { ...nextStep(device, mark), type: 'push', changes };
};

export const pullRequest = (device: Device, mark: string): Request => ({
  ...nextStep(device, mark),
  type: 'pull',
  ask: {
    cursor: device.cursor,
    awaiting: outboxOf(device).map((change) => change.id),
    erased: [...device.erased],
  },
});

/** A reply to the request that the device still waits for; `newId` is nobody else's. */
export const takeReply = (device: Device, request: Request, reply: Reply, newId: Id): void => {
  if (reply.type === 'copied') return becomeAnother(device, newId);
  device.steps = stepAnswered(request.step);
  if (reply.epoch !== device.epoch && device.epoch !== 0) return beginAnew(device, reply.epoch);
  device.epoch = reply.epoch;
  if (reply.type === 'push') return takeReceipts(device, reply.receipts);
  if (!reply.page) return beginAnew(device, reply.epoch);
  if (request.type === 'pull') takePage(device, request.ask, reply.page);
};

const takeReceipts = (device: Device, receipts: readonly Receipt[]): void => {
  for (const receipt of receipts) {
    const row = device.own.get(receipt.changeId);
    if (row?.verdict?.verdict !== 'stored' && row) row.verdict = receipt;
  }
};

/** D4: page, cursor and receipts in one transaction. */
const takePage = (device: Device, ask: PullAsk, page: Page): void => {
  if (device.dropsAtFirstPage) {
    device.dropsAtFirstPage = false;
    device.delivered = emptyReplica();
    device.held.clear();
  }
  for (const scope of ask.erased) device.erased.delete(scope);
  for (const scope of page.left) {
    device.delivered = without(device.delivered, scope);
    device.held.delete(scope);
    device.away.add(scope);
    device.erased.add(scope);
  }
  device.delivered = receive(device.delivered, ...page.changes);
  for (const change of page.changes) {
    device.clock = observe(device.clock, change.time, device.wallClockMs);
    // Refused once and stored by a later try: what is delivered is stored, its receipt will say so.
    const row = device.own.get(change.id);
    if (row?.verdict?.verdict === 'refused') row.verdict = null;
  }
  for (const scope of page.entered) {
    device.held.add(scope);
    device.away.delete(scope);
  }
  takeReceipts(device, page.receipts);
  device.through = page.through;
  device.more = page.more;
  device.cursor = page.cursor;
  if (!page.more) setAside(device);
};

/**
 * P6: a complete pull has given everything the person may see. Own changes that it covers and whose scope
 * did not enter are of a client lost before it ever came, or over a restore: no page will order them erased.
 */
const setAside = (device: Device): void => {
  for (const { change, verdict } of device.own.values()) {
    const scope = scopeOf(change);
    const covered = verdict?.verdict === 'stored' && verdict.seq <= device.through;
    if (covered && !device.held.has(scope)) device.away.add(scope);
  }
};

const without = (replica: Replica<Written>, scope: Scope): Replica<Written> => ({
  changes: new Map([...replica.changes].filter(([, change]) => scopeOf(change) !== scope)),
});

/** I3: the pull begins anew under another id; what waits still waits. */
const becomeAnother = (device: Device, newId: Id): void => {
  device.replaces = device.id;
  device.id = newId;
  device.steps = noSteps;
  device.cursor = null;
  device.more = true;
  device.erased.clear();
  device.dropsAtFirstPage = true;
};

/**
 * L5: another epoch, or a cursor that the region does not know. Nothing of the old pull counts, no reply
 * under way is listened to, and every own change is sent again unless it was refused.
 */
const beginAnew = (device: Device, epoch: number): void => {
  device.epoch = epoch;
  device.cursor = null;
  device.through = 0;
  device.more = true;
  device.delivered = emptyReplica();
  device.dropsAtFirstPage = false;
  device.held.clear();
  device.erased.clear();
  for (const row of device.own.values()) if (row.verdict?.verdict !== 'refused') row.verdict = null;
  restartDevice(device);
};
