import { newId, type Id } from '#shared/domain/ids.ts';
import { limits, protocolVersion } from '#shared/protocol/version.ts';
import type { PullRequest, PullResponse } from '#shared/protocol/pull.ts';
import type { PushResponse } from '#shared/protocol/push.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { withdrawChange } from '#main/db/queries/changes.ts';
import { erasedScopes } from '#main/db/queries/erased-scope.ts';
import { withTransaction, type ReadableDb } from '#main/db/handles.ts';
import {
  awaitingReceipts,
  hasUnsent,
  nextToSend,
  noteRefused,
  noteSent,
  shownInReview,
  type OutboxRow,
} from '#main/db/queries/outbox.ts';
import { awaitingDecision } from '#main/db/queries/reviewed.ts';
import { markTold, untoldOpenings } from '#main/db/queries/openings.ts';
import type { StorageProblem } from '#main/db/storage-problem.ts';
import { readState, writeState } from '#main/db/queries/sync-state.ts';
import type { Desk } from '../desk.ts';
import { collectTouched } from '../derived/refresh.ts';
import { sendUseLog } from '../use/send-use-log.ts';
import { applyPage } from './apply-page.ts';
import { applyReceipts } from './apply-receipts.ts';
import { beginAnew } from './begin-anew.ts';
import type { RegionClient, RegionTrouble } from './region-client.ts';
import { scrubErased } from './scrub-erased.ts';

export type RoundTrouble =
  | RegionTrouble
  | { readonly kind: 'storage'; readonly problem: StorageProblem };

/** What a round tells while it works, so that screens follow a long first sync page by page. */
export type RoundReports = {
  readonly onApplied: (applied: {
    readonly caseIds: readonly Id[];
    readonly directoryChanged: boolean;
  }) => void;
  /** Asked between pages: a person who locks or quits does not wait for a long sync. */
  readonly shouldStop: () => boolean;
  /** Asked before each page: a first fetch may be stopped for a time while writing goes out. */
  readonly mayFetch: () => boolean;
  readonly onEntering: (clients: number) => void;
};

const storageTrouble = (problem: StorageProblem): Result<never, RoundTrouble> =>
  err({ kind: 'storage', problem });

/** A round can make more to send: after a restore, or of drafts of a client that leaves. */
const mostTurns = 4;

/** Sends what waits and fetches what is new, until nothing is left of either or somebody stops it. */
export const syncRound = async (
  desk: Desk,
  region: RegionClient,
  token: string,
  reports: RoundReports,
): Promise<Result<void, RoundTrouble>> => {
  const scrubbed = scrubErased(desk);
  if (!scrubbed.ok) return storageTrouble(scrubbed.error);
  // Before the pull: an emergency opened here must be known before the region compares rights.
  const told = await tellLog(desk, region, token);
  if (!told.ok) return told;
  for (let turn = 1; ; turn += 1) {
    const pushed = await pushOutbox(desk, region, token, reports);
    if (!pushed.ok) return pushed;
    const pulled = await pullPages(desk, region, token, reports);
    if (!pulled.ok) return pulled;
    const trouble = pushed.value ?? told.value;
    if (trouble) return err(trouble);
    if (turn === mostTurns || reports.shouldStop() || !hasUnsent(desk.db)) return pulled;
  }
};

/**
 * The log of use, with the emergencies opened here. What the region refuses of it is trouble to be seen, but
 * holds up nothing else.
 */
const tellLog = async (
  desk: Desk,
  region: RegionClient,
  token: string,
): Promise<Result<RegionTrouble | null, RoundTrouble>> => {
  const openings = untoldOpenings(desk.db);
  const held = await sendUseLog(desk, region, token, openings);
  if (!held.ok) {
    const { error } = held;
    if (error.kind === 'storage' || error.kind === 'offline') return err(error);
    const ended = error.kind === 'refused' && error.code === 'signed-out';
    return ended ? err(error) : ok(error);
  }
  const known = new Set(held.value);
  const sent = openings.filter(({ id }) => known.has(id));
  if (sent.length === 0) return ok(null);
  const marked = withTransaction(desk.db, (db) => markTold(db, sent));
  return marked.ok ? ok(null) : storageTrouble(marked.error);
};

/** So many changes the server may not understand before we stop asking one by one. */
const mostStuck = 8;

/**
 * The outbox in its order, batch by batch (SPEC U1). What was sent before without an answer goes again.
 * A batch that the server cannot read is cut in two until only the changes that it stumbles over are left;
 * they wait, and what the server said of them is the answer.
 */
const pushOutbox = async (
  desk: Desk,
  region: RegionClient,
  token: string,
  reports: RoundReports,
): Promise<Result<RegionTrouble | null, RoundTrouble>> => {
  const limit = { changes: limits.pushChanges, bytes: limits.pushBytes * 0.9 };
  const stuck: RegionTrouble[] = [];
  for (let after = 0; !reports.shouldStop();) {
    const batch = nextToSend(desk.db, limit, after);
    const last = batch.at(-1);
    if (!last) break;
    after = last.counter;
    for (const parts = [batch]; parts.length > 0 && !reports.shouldStop();) {
      const part = parts.shift() ?? [];
      const sent = await pushBatch(desk, region, token, part, reports);
      if (sent.ok) continue;
      if (!isAboutContent(sent.error)) return sent;
      const half = Math.ceil(part.length / 2);
      if (part.length > 1) parts.unshift(part.slice(0, half), part.slice(half));
      else if (sent.error.code === 'too-large') {
        const kept = keepTooLarge(desk, part);
        if (!kept.ok) return storageTrouble(kept.error);
      } else if (stuck.push(sent.error) === mostStuck) return sent;
    }
  }
  return ok(stuck[0] ?? null);
};

/** The server could not take the message itself: nothing is wrong with the line or with our rights. */
const isAboutContent = (
  trouble: RoundTrouble,
): trouble is Extract<RegionTrouble, { kind: 'refused' }> =>
  trouble.kind === 'refused' && (trouble.code === 'bad-request' || trouble.code === 'too-large');

/** A change that no message can carry waits for its author like a refused one (SPEC D3). */
const keepTooLarge = (desk: Desk, rows: readonly OutboxRow[]): Result<void, StorageProblem> =>
  withTransaction(desk.db, (db) => {
    const touched = collectTouched();
    for (const { changeId, change, caseNo } of rows) {
      noteRefused(db, changeId, 'too-large');
      withdrawChange(db, change, caseNo);
      touched.note(caseNo, change, false);
    }
    touched.refresh(db);
  });

const pushBatch = async (
  desk: Desk,
  region: RegionClient,
  token: string,
  batch: readonly OutboxRow[],
  reports: RoundReports,
): Promise<Result<void, RoundTrouble>> => {
  const marked = withTransaction(desk.db, (db) =>
    noteSent(
      db,
      batch.map((row) => row.counter),
      desk.now(),
    ),
  );
  if (!marked.ok) return storageTrouble(marked.error);
  const answer = await region.push(token, {
    protocol: protocolVersion,
    changes: batch.map(({ change, signature, counter }) => ({ change, signature, counter })),
  });
  if (!answer.ok) return answer;
  // Receipts of another epoch say nothing of this one; the pull that follows notices it too (SPEC L5).
  if (isRestored(desk, answer.value)) return restartAfterRestore(desk, reports);
  const applied = withTransaction(desk.db, (db) => {
    const touched = collectTouched();
    applyReceipts(desk, answer.value.receipts, touched);
    touched.refresh(db);
  });
  if (!applied.ok) return storageTrouble(applied.error);
  const caseIds = new Set(batch.map((row) => row.change.caseId));
  reports.onApplied({ caseIds: [...caseIds], directoryChanged: false });
  return ok(undefined);
};

/** Another epoch, or in the same one fewer numbers than were given to us: the region lost what it had (SPEC E5). */
const isRestored = (
  desk: Desk,
  region: Pick<PullResponse | PushResponse, 'epoch' | 'highWater'>,
): boolean => {
  const known = readState(desk.db, 'epoch');
  if (known === null) return false;
  return known !== region.epoch || region.highWater < readState(desk.db, 'through');
};

const restartAfterRestore = (desk: Desk, reports: RoundReports): Result<void, RoundTrouble> => {
  const begun = withTransaction(desk.db, () => beginAnew(desk));
  if (!begun.ok) return storageTrouble(begun.error);
  reports.onApplied({ caseIds: [], directoryChanged: true });
  return ok(undefined);
};

const pullRequestNow = (desk: Desk): Result<PullRequest, StorageProblem> =>
  withTransaction(desk.db, (db) => {
    const begun = readState(db, 'begun') ?? newId(desk.now(), desk.randomBytes);
    writeState(db, 'begun', begun);
    return {
      protocol: protocolVersion,
      begun,
      cursor: readState(db, 'cursor'),
      awaiting: receiptsAsked(db),
      erased: [...erasedScopes(db, limits.erasedReported)],
      directoryRevision: readState(db, 'directoryRevision'),
    };
  });

/** More would come only of what was erased and may not be reported yet: the next round reports it. */
const onlyRepeats = ({ changes, entered, grants, left, entering }: PullResponse): boolean =>
  left.length > 0 && changes.length + entered.length + grants.length + entering === 0;

/** Receipts of what was sent, then decisions about what a reviewer has: asked for until they come. */
const receiptsAsked = (db: ReadableDb): Id[] =>
  [awaitingReceipts, shownInReview, awaitingDecision]
    .flatMap((asked) => asked(db, limits.receiptsAsked))
    .slice(0, limits.receiptsAsked);

const pullPages = async (
  desk: Desk,
  region: RegionClient,
  token: string,
  reports: RoundReports,
): Promise<Result<void, RoundTrouble>> => {
  let begunAnew = false;
  while (!reports.shouldStop() && reports.mayFetch()) {
    const request = pullRequestNow(desk);
    if (!request.ok) return storageTrouble(request.error);
    const page = await region.pull(token, request.value);
    if (!page.ok) {
      const lostPlace = page.error.kind === 'refused' && page.error.code === 'bad-cursor';
      if (!lostPlace || begunAnew) return page;
    }
    if (!page.ok || isRestored(desk, page.value)) {
      begunAnew = true;
      const begun = restartAfterRestore(desk, reports);
      if (!begun.ok) return begun;
      continue;
    }
    const applied = applyPage(desk, request.value, page.value);
    if (!applied.ok) return storageTrouble(applied.error);
    const scrubbed = scrubErased(desk);
    if (!scrubbed.ok) return storageTrouble(scrubbed.error);
    reports.onEntering(page.value.entering);
    reports.onApplied(applied.value);
    if (!page.value.more || (scrubbed.value === 'waits' && onlyRepeats(page.value))) {
      return ok(undefined);
    }
    // What was written meanwhile does not wait for the pages that are still to come.
    const pushed = hasUnsent(desk.db) ? await pushOutbox(desk, region, token, reports) : ok(null);
    if (!pushed.ok) return pushed;
  }
  return ok(undefined);
};
