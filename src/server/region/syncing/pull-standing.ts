import type { Id } from '#shared/domain/ids.ts';
import type { PullStanding } from '../identity/take-step.ts';
import type { Transaction } from '../../db/pool.ts';

/** How a request stands to the pages offered before it (SPEC L4). */
export type Standing = 'next' | 'begun-anew' | 'late';

/** A retry may overtake its first try a few times; more pages than this are not out at once. */
const mostOffered = 16;

/**
 * Places a request by the page whose cursor it brings. One that comes back from a page offered confirms
 * it; the same as before is a retry; a new beginning forgets all; anything older comes late.
 */
export const comeFrom = async (
  tx: Transaction,
  deviceId: Id,
  known: PullStanding,
  { begun, page }: Pick<PullStanding, 'page'> & { readonly begun: Id },
): Promise<Standing> => {
  if (known.begun !== begun) {
    if (page !== null) return 'late';
    await moveTo(tx, deviceId, begun, null);
    return 'begun-anew';
  }
  if (known.page === page) return 'next';
  if (page === null || !known.offered.includes(page)) return 'late';
  await moveTo(tx, deviceId, begun, page);
  return 'next';
};

const moveTo = async (
  tx: Transaction,
  deviceId: Id,
  begun: Id,
  page: string | null,
): Promise<void> => {
  await tx.query(
    `UPDATE device SET pull_begun = $2, pull_page = $3, pull_offered = '{}' WHERE id = $1`,
    [deviceId, begun, page],
  );
};

export const offerPage = async (tx: Transaction, deviceId: Id, page: string): Promise<void> => {
  await tx.query(
    `UPDATE device SET pull_offered = (ARRAY[$2::text] || pull_offered)[1:${mostOffered}] WHERE id = $1`,
    [deviceId, page],
  );
};
