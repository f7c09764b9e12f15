import type { Id } from '#shared/domain/ids.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { OfflineOpening } from '#shared/protocol/use-log.ts';
import { limits, protocolVersion } from '#shared/protocol/version.ts';
import { withTransaction } from '#main/db/handles.ts';
import { readState } from '#main/db/queries/sync-state.ts';
import { adoptHeld, forgetHeldUses, readChain, unheldUses } from '#main/db/queries/use-log.ts';
import type { StorageProblem } from '#main/db/storage-problem.ts';
import type { Desk } from '../desk.ts';
import { nextStep, noteAnswered } from '../syncing/device-steps.ts';
import type { RegionClient, RegionTrouble } from '../syncing/region-client.ts';

export type UseLogTrouble =
  | RegionTrouble
  | { readonly kind: 'storage'; readonly problem: StorageProblem };

const batch = { entries: 1_000, bytes: limits.pushBytes * 0.9 };

/** Sent entries stay for so long, like changes: a restored region gets them again. */
const keptMs = 30 * 24 * 3_600_000;

/** So often in one round the region may say that it stands elsewhere than we thought. */
const mostRealigned = 3;

/** Something to say, or a region that may have lost what it had: under a new epoch it is asked. */
const hasReason = (desk: Desk, entries: number, openings: number): boolean => {
  if (entries > 0 || openings > 0) return true;
  const { through, epoch } = readChain(desk.db);
  return through > 0 && epoch !== readState(desk.db, 'epoch');
};

/**
 * Sends the log of use in its order, batch by batch, with the emergencies that were opened without a
 * network. What was sent before without an answer goes again; the region takes a repeat as none.
 * @returns the openings that the region has now
 */
export const sendUseLog = async (
  desk: Desk,
  region: Pick<RegionClient, 'uploadUseLog'>,
  token: string,
  openings: readonly OfflineOpening[] = [],
): Promise<Result<readonly Id[], UseLogTrouble>> => {
  const openingsHeld = new Set<Id>();
  for (let realigned = 0; realigned < mostRealigned;) {
    const entries = unheldUses(desk.db, batch);
    const untold = openings.filter(({ id }) => !openingsHeld.has(id));
    if (!hasReason(desk, entries.length, untold.length)) break;
    const last = entries.at(-1);
    const prepared = withTransaction(desk.db, (db) => nextStep(desk, db));
    if (!prepared.ok) return err({ kind: 'storage', problem: prepared.error });
    const step = prepared.value;
    const answer = await region.uploadUseLog(token, {
      protocol: protocolVersion,
      step,
      entries: [...entries],
      signature: last ? desk.sign(last.hash) : '',
      openings: untold.slice(0, 100),
    });
    if (!answer.ok) return answer;
    const { through, hash } = answer.value;
    for (const id of answer.value.openings) openingsHeld.add(id);
    const adopted = withTransaction(desk.db, (db) => {
      noteAnswered(db, step);
      adoptHeld(db, { through, hash }, readState(db, 'epoch'), desk.now());
      forgetHeldUses(db, desk.now() - keptMs);
    });
    if (!adopted.ok) return err({ kind: 'storage', problem: adopted.error });
    // Openings that the region did not name must not be told for ever in one round.
    if (last === undefined || through !== last.no || hash !== last.hash) realigned += 1;
  }
  return ok([...openingsHeld]);
};
