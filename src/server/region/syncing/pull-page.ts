import { finnishDate } from '#shared/domain/civil-date.ts';
import type { RandomBytes } from '#shared/domain/ids.ts';
import type { PullRequest, PullResponse, StoredChange } from '#shared/protocol/pull.ts';
import { leftText } from '#shared/protocol/left-text.ts';
import { limits } from '#shared/protocol/version.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { withSnapshot, type Database } from '../../db/pool.ts';
import type { Sender } from './check-change.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { compareWithRights } from './compare-with-rights.ts';
import {
  beginAnew,
  confirmErased,
  confirmPage,
  countEntering,
  notePageProgress,
  offerGrants,
  readEntering,
  readLeaving,
} from './device-scope.ts';
import { readDirectory } from '../directory.ts';
import { takeStep } from '../identity/take-step.ts';
import { logPrefetch } from './log-use.ts';
import { budgetOf, readContext, readHeads, readNews } from './page-content.ts';
import { comeFrom, offerPage } from './pull-standing.ts';
import { findReceipts } from './receipts.ts';
import { signByRegion } from '../region-key.ts';
import { readRegionState } from '../region-state.ts';

/** Most scopes that one page lets in or out. */
const mostScopes = 1_000;

/** Most grants told in one page. */
const mostGrants = 2_000;

export type PullParts = {
  readonly db: Database;
  readonly nowMs: number;
  readonly random: RandomBytes;
};

/**
 * One page of a device's pull (SPEC L1–L7, P1–P10), read from one unchanging picture of the region: what
 * enters is the state at the page's own position, and the log continues from there.
 */
export const pullPage = (
  parts: PullParts,
  device: Pick<Sender, 'deviceId' | 'personId'>,
  request: PullRequest,
): Promise<Result<PullResponse, 'bad-cursor' | 'device-copied'>> =>
  withSnapshot(parts.db, async (tx) => {
    const { deviceId, personId } = device;
    const { epoch, highWater, key } = await readRegionState(tx);
    const taken = await takeStep(tx, deviceId, request.step);
    if (!taken.ok) return taken;
    const cursor =
      request.cursor === null ? null : readCursor(request.cursor, { epoch, deviceId, highWater });
    if (request.cursor !== null && cursor === null) return err('bad-cursor');

    const standing = await comeFrom(tx, deviceId, taken.value, {
      begun: request.begun,
      page: cursor?.page ?? null,
    });
    if (standing === 'late') return err('bad-cursor');
    if (standing === 'begun-anew') await beginAnew(tx, deviceId, highWater);
    if (cursor) await confirmPage(tx, deviceId, cursor.page);
    await confirmErased(tx, deviceId, request.erased);
    await compareWithRights(tx, device, {
      erased: request.erased,
      anew: standing === 'begun-anew',
      highWater,
      nowMs: parts.nowMs,
    });

    const budget = budgetOf(limits.pageBytes);
    const left = await readLeaving(tx, deviceId, mostScopes);
    const news = await readNews(tx, deviceId, cursor?.seq ?? highWater, highWater, budget);
    const caughtUp = news.upTo === highWater;
    const entering = caughtUp ? await readEntering(tx, deviceId, mostScopes) : [];
    const heads = await readHeads(tx, entering, budget);
    const changes = onceEach([...news.changes, ...heads.changes]);
    const context = await readContext(tx, changes, news.upTo);

    const page = Buffer.from(parts.random(8)).toString('hex');
    await offerPage(tx, deviceId, page);
    await notePageProgress(tx, deviceId, page, heads.carried);
    const stillEntering = await countEntering(tx, deviceId, page);
    const told = await offerGrants(tx, deviceId, page, mostGrants);
    await logPrefetch(tx, device, entering, heads.carried, parts);
    const today = finnishDate(parts.nowMs);
    const directory = await readDirectory(tx, request.directoryRevision, personId, today);
    const place = { epoch, device: deviceId, seq: news.upTo, page };
    const next = writeCursor({ ...place, ...(stillEntering > 0 && { entering: true }) });
    return ok({
      epoch,
      highWater,
      through: news.upTo,
      changes: [...changes, ...context],
      entered: heads.carried
        .filter((scope) => scope.done)
        .map(({ caseId, compartment }) => ({ caseId, compartment })),
      grants: [...told.grants],
      left: [...left],
      ...(left.length > 0 && {
        leftSignature: await signByRegion(tx, leftText(deviceId, { cursor: next, left })),
      }),
      regionKey: key,
      receipts: [...(await findReceipts(tx, request.awaiting))],
      directory: directory && {
        revision: directory.revision,
        units: [...directory.units],
        people: [...directory.people],
        absences: [...directory.absences],
      },
      cursor: next,
      more: !caughtUp || stillEntering > 0 || told.more || left.length > 0,
      entering: stillEntering,
    });
  });

/** A head of what enters may have come with the log already: whoever counts changes must count it once. */
const onceEach = (changes: readonly StoredChange[]): readonly StoredChange[] => [
  ...new Map(changes.map((stored) => [stored.change.id, stored])).values(),
];
