import type { Id } from '#shared/domain/ids.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { OnlineInput, OnlineOutput } from '#shared/protocol/online/online-calls.ts';
import { withTransaction } from '../../db/pool.ts';
import { entryOf } from '../online/asker-entry.ts';
import type { Asker, OnlineRefusal } from '../online/online-handlers.ts';
import { touchPersonRights } from '../rights/touch-rights.ts';
import { writeUse } from '../use-log/write-use.ts';
import { noAccess } from './case-standing.ts';

/** Ends one's own opening before its time. One that is over already stays as it is. */
export const endOpening = async (
  asker: Asker,
  { openingId }: OnlineInput<'clients.endOpening'>,
): Promise<Result<OnlineOutput<'clients.endOpening'>, OnlineRefusal>> => {
  const now = asker.now();
  const { person } = asker;
  return withTransaction(asker.db, async (tx) => {
    const [opening] = await tx.query<{ caseId: Id; ground: string; running: boolean }>(
      `SELECT case_id AS "caseId", ground, ended_at IS NULL AND until_at > $3 AS running
       FROM opening WHERE id = $1 AND person_id = $2 FOR UPDATE`,
      [openingId, person.id, now],
    );
    if (!opening) return err(noAccess);
    if (!opening.running) return ok({});
    await tx.query(`UPDATE opening SET ended_at = $2 WHERE id = $1`, [openingId, now]);
    await touchPersonRights(tx, [person.id]);
    await writeUse(tx, [
      entryOf(asker, {
        action: 'end-opening',
        caseId: opening.caseId,
        register: 'joint',
        role: 'opening',
        ground: opening.ground,
        basisId: openingId,
      }),
    ]);
    return ok({});
  });
};
