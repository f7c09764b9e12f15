import { newId, type Id } from '#shared/domain/ids.ts';
import { limits, protocolVersion } from '#shared/protocol/version.ts';
import type { PullRequest, PullResponse } from '#shared/protocol/pull.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { erasedScopes } from '#main/db/queries/erased-scope.ts';
import { withTransaction, type ReadableDb } from '#main/db/handles.ts';
import { awaitingReceipts, hasUnsent, shownInReview } from '#main/db/queries/outbox.ts';
import { awaitingDecision } from '#main/db/queries/reviewed.ts';
import { markTold, untoldOpenings } from '#main/db/queries/openings.ts';
import type { StorageProblem } from '#main/db/storage-problem.ts';
import { readState, writeState } from '#main/db/queries/sync-state.ts';
import type { Desk } from '../desk.ts';
import { sendUseLog } from '../use/send-use-log.ts';
import { applyPage } from './apply-page.ts';
import { nextStep } from './device-steps.ts';
import { pushOutbox } from './push-outbox.ts';
import { setAsideReport } from './set-aside-report.ts';
import type { RegionClient, RegionTrouble } from './region-client.ts';
import { isRestored, restartAfterRestore } from './restart-after-restore.ts';
import { storageTrouble, type RoundReports, type RoundTrouble } from './round-trouble.ts';
import { scrubErased } from './scrub-erased.ts';

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
    const pushed = await pushOutbox({ desk, region, token, reports });
    if (!pushed.ok) return pushed;
    const pulled = await pullPages(desk, region, token, reports);
    if (!pulled.ok) return pulled;
    const counted = countStumbles(desk, pushed.value.trouble);
    if (!counted.ok) return counted;
    const trouble = pushed.value.trouble ?? told.value;
    if (trouble) return err(trouble);
    const isMore = pushed.value.isFreed || hasUnsent(desk.db);
    if (turn === mostTurns || reports.shouldStop() || !isMore) return pulled;
  }
};

/** The server answered a pull: if it stumbled over what was pushed, it is over that (SPEC N6). */
const countStumbles = (desk: Desk, trouble: RegionTrouble | null): Result<void, RoundTrouble> => {
  if (trouble?.kind !== 'server-trouble') return ok(undefined);
  const counted = withTransaction(desk.db, (db) =>
    writeState(db, 'stumbles', readState(db, 'stumbles') + 1),
  );
  return counted.ok ? counted : storageTrouble(counted.error);
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
    const goesOn =
      error.kind !== 'refused' || (error.code !== 'signed-out' && error.code !== 'device-copied');
    return goesOn ? ok(error) : err(error);
  }
  const known = new Set(held.value);
  const sent = openings.filter(({ id }) => known.has(id));
  if (sent.length === 0) return ok(null);
  const marked = withTransaction(desk.db, (db) => markTold(db, sent));
  return marked.ok ? ok(null) : storageTrouble(marked.error);
};

const pullRequestNow = (desk: Desk): Result<PullRequest, StorageProblem> =>
  withTransaction(desk.db, (db) => {
    const begun = readState(db, 'begun') ?? newId(desk.now(), desk.randomBytes);
    writeState(db, 'begun', begun);
    return {
      protocol: protocolVersion,
      step: nextStep(desk, db),
      begun,
      cursor: readState(db, 'cursor'),
      awaiting: receiptsAsked(db),
      erased: [...erasedScopes(db, limits.erasedReported)],
      directoryRevision: readState(db, 'directoryRevision'),
      setAside: [...setAsideReport(db, limits.setAsideReported)],
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
  let mayPush = true;
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
    const applied = applyPage(desk, request.value, page.value, page.value.unreadable);
    if (!applied.ok) return storageTrouble(applied.error);
    const scrubbed = scrubErased(desk);
    if (!scrubbed.ok) return storageTrouble(scrubbed.error);
    reports.onEntering(page.value.entering);
    reports.onApplied(applied.value);
    if (applied.value.isStopped) return ok(undefined);
    if (!page.value.more || (scrubbed.value === 'waits' && onlyRepeats(page.value))) {
      return ok(undefined);
    }
    // What was written meanwhile does not wait for the pages that are still to come.
    if (mayPush && hasUnsent(desk.db)) {
      const pushed = await pushOutbox({ desk, region, token, reports });
      if (!pushed.ok) return pushed;
      mayPush = pushed.value.trouble === null;
    }
  }
  return ok(undefined);
};
