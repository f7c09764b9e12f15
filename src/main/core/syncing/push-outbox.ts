import { limits } from '#shared/protocol/version.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import type { CaseNo } from '#main/db/queries/cases.ts';
import { withTransaction } from '#main/db/handles.ts';
import { findInOutbox, nextToSend, type OutboxRow } from '#main/db/queries/outbox.ts';
import {
  duePlans,
  noteStumble,
  type SetAsidePlan,
  type SetAsidePlanCode,
} from '#main/db/queries/set-aside-plans.ts';
import { readState, writeState } from '#main/db/queries/sync-state.ts';
import type { Desk } from '../desk.ts';
import { keepTooLarge, pushBatch, type Pushing } from './push-batch.ts';
import type { RegionTrouble } from './region-client.ts';
import { storageTrouble, type RoundTrouble } from './round-trouble.ts';

/** So many clients the server may stumble over, taking nothing, before it is the server's own trouble (SPEC N8). */
const mostStumbles = 8;

/** In this many rounds running the server stumbles over a batch before the batch is cut in two (SPEC N6). */
const roundsBeforeDividing = 3;

/** What a push leaves for the round to say when the pull has answered. */
export type Pushed = {
  /** What the server could not do; the rest of what waits has not been sent. */
  readonly trouble: RegionTrouble | null;
  /** A change was taken behind which others wait: they are next. */
  readonly isFreed: boolean;
};

type Stumble = Pick<SetAsidePlan, 'caseNo' | 'changeId' | 'code'>;

/** What a round has found out so far. */
type Finding = {
  takenSome: boolean;
  readonly stumbles: Stumble[];
  lastTrouble: RegionTrouble | null;
};

/**
 * The outbox in its order, batch by batch (SPEC U1). What was sent before without an answer goes again.
 * A batch that the server cannot read, or stumbles over again and again, is cut in two until the changes
 * are found that it is about; from each on, its client's outbox waits (N6), and the others' goes on.
 */
export const pushOutbox = async (pushing: Pushing): Promise<Result<Pushed, RoundTrouble>> => {
  const { desk, reports } = pushing;
  const limit = { changes: limits.pushChanges, bytes: limits.pushBytes * 0.9 };
  const finding: Finding = { takenSome: false, stumbles: [], lastTrouble: null };
  for (let after = 0; !reports.shouldStop() && finding.stumbles.length < mostStumbles;) {
    const batch = nextToSend(desk.db, limit, after);
    const last = batch.at(-1);
    if (!last) break;
    after = last.counter;
    const sent = await pushDividing(pushing, batch, finding);
    if (!sent.ok) return sent;
    if (sent.value === 'server-trouble')
      return ok({ trouble: finding.lastTrouble, isFreed: false });
  }
  const retried = await pushDue(pushing, finding);
  if (!retried.ok) return retried;
  const kept = keepStumbles(desk, finding);
  return kept.ok ? ok({ trouble: kept.value, isFreed: retried.value }) : kept;
};

/** Sends a batch, in parts where it must be. `server-trouble`: nothing more is sent in this round. */
const pushDividing = async (
  pushing: Pushing,
  batch: readonly OutboxRow[],
  finding: Finding,
): Promise<Result<'sent' | 'server-trouble', RoundTrouble>> => {
  const { desk, reports } = pushing;
  const mayDivide = readState(desk.db, 'stumbles') >= roundsBeforeDividing - 1;
  const parts = [batch];
  while (!reports.shouldStop() && finding.stumbles.length < mostStumbles) {
    const next = parts.shift();
    if (!next) break;
    const waiting = new Set(finding.stumbles.map(({ caseNo }) => caseNo));
    const part = next.filter(({ caseNo }) => !waiting.has(caseNo));
    const [first] = part;
    if (!first) continue;
    const sent = await pushBatch(pushing, part);
    if (sent.ok) {
      finding.takenSome = true;
      continue;
    }
    const { error } = sent;
    const code = stumbleOf(error);
    if (code === null || error.kind === 'storage') return sent;
    finding.lastTrouble = error;
    if (code === 'server-stumbles' && !mayDivide) return ok('server-trouble');
    const half = Math.ceil(part.length / 2);
    if (part.length > 1) parts.unshift(part.slice(0, half), part.slice(half));
    else if (code !== 'too-large') finding.stumbles.push(asStumble(first, code));
    else {
      const kept = keepTooLarge(desk, first);
      if (!kept.ok) return kept;
    }
  }
  return ok('sent');
};

const asStumble = ({ caseNo, changeId }: OutboxRow, code: SetAsidePlanCode): Stumble => ({
  caseNo,
  changeId,
  code,
});

/** What is wrong with a message itself: not with the line, our rights, or a server that has too much to do. */
const stumbleOf = (trouble: RoundTrouble): SetAsidePlanCode | 'too-large' | null => {
  if (trouble.kind === 'server-trouble') return trouble.failed ? 'server-stumbles' : null;
  if (trouble.kind !== 'refused') return null;
  return trouble.code === 'bad-request' || trouble.code === 'too-large' ? trouble.code : null;
};

/** Tries the changes again whose pause is over, each alone, after everything else (SPEC N7). Says whether one was taken. */
const pushDue = async (
  pushing: Pushing,
  finding: Finding,
): Promise<Result<boolean, RoundTrouble>> => {
  const { desk, reports } = pushing;
  let isFreed = false;
  const found = new Set<CaseNo>(finding.stumbles.map(({ caseNo }) => caseNo));
  for (const { caseNo, changeId } of duePlans(desk.db, desk.now())) {
    const row = findInOutbox(desk.db, changeId);
    if (!row || found.has(caseNo) || reports.shouldStop()) continue;
    const sent = await pushBatch(pushing, [row]);
    if (sent.ok) {
      isFreed = true;
      continue;
    }
    const code = stumbleOf(sent.error);
    if (code === null) return sent;
    const kept =
      code === 'too-large'
        ? keepTooLarge(desk, row)
        : noteStumbles(desk, [asStumble(row, code)], readState(desk.db, 'stumbles'));
    if (!kept.ok) return kept;
  }
  return ok(isFreed);
};

/** Sets aside what was found, unless the server took nothing of anybody (SPEC N8). */
const keepStumbles = (desk: Desk, finding: Finding): Result<RegionTrouble | null, RoundTrouble> => {
  const { stumbles, takenSome, lastTrouble } = finding;
  if (stumbles.length >= mostStumbles && !takenSome) return ok(lastTrouble);
  const kept = noteStumbles(desk, stumbles, 0);
  if (!kept.ok) return kept;
  return ok(stumbles.length >= mostStumbles ? lastTrouble : null);
};

const noteStumbles = (
  desk: Desk,
  stumbles: readonly Stumble[],
  rounds: number,
): Result<void, RoundTrouble> => {
  if (stumbles.length === 0 && readState(desk.db, 'stumbles') === rounds) return ok(undefined);
  const noted = withTransaction(desk.db, (db) => {
    for (const stumble of stumbles) noteStumble(db, stumble, desk.now());
    writeState(db, 'stumbles', rounds);
  });
  return noted.ok ? ok(undefined) : storageTrouble(noted.error);
};
