import { ok, type Result } from '#shared/lib/result.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { OnlineInput, OnlineOutput } from '#shared/protocol/online/online-calls.ts';
import { withTransaction } from '../../db/pool.ts';
import type { Asker, OnlineRefusal } from '../online/online-handlers.ts';
import { mergeClients } from '../openings/merge-clients.ts';

/** Clients entered under one personal identity code, with whether they have been joined. */
export const listSameCode = async ({
  db,
}: Asker): Promise<Result<OnlineOutput<'clients.sameCode'>, OnlineRefusal>> => {
  const rows = await db.query<{ code: string; caseId: Id; name: string; main: Id }>(
    `SELECT personal_identity_code AS code, case_id AS "caseId",
       trim(family_name || ' ' || given_names) AS name, coalesce(main_case_id, case_id) AS main
     FROM client_standing LEFT JOIN case_alias USING (case_id)
     WHERE personal_identity_code IN (
       SELECT personal_identity_code FROM client_standing WHERE personal_identity_code IS NOT NULL
       GROUP BY personal_identity_code HAVING count(*) > 1)
     ORDER BY personal_identity_code, case_id LIMIT 1000`,
  );
  const byCode = Map.groupBy(rows, ({ code }) => code);
  return ok({
    rows: [...byCode].map(([personalIdentityCode, clients]) => ({
      personalIdentityCode,
      clients: clients.map(({ caseId, name, main }) => ({
        caseId,
        name,
        joined: clients.some((other) => other.caseId !== caseId && other.main === main),
      })),
    })),
  });
};

export const joinClients = (
  asker: Asker,
  { fromCaseId, intoCaseId, reason }: OnlineInput<'clients.merge'>,
): Promise<Result<Record<string, never>, OnlineRefusal>> =>
  withTransaction(asker.db, async (tx) => {
    const merged = await mergeClients(
      tx,
      asker,
      fromCaseId,
      intoCaseId,
      reason,
      asker.now().getTime(),
    );
    return merged.ok ? ok({}) : merged;
  });
