import { finnishDate } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import type { OnlineOutput } from '#shared/protocol/online/online-calls.ts';
import { withTransaction } from '../../db/pool.ts';
import { unitsOf } from '../directory.ts';
import { entryOf } from '../online/asker-entry.ts';
import type { Asker, OnlineRefusal } from '../online/online-handlers.ts';
import { writeUse } from '../use-log/write-use.ts';

/** Fewer are not told: a number must not tell of a person. */
const smallest = 5;

const told = (count: number): number | null => (count < smallest ? null : count);

/**
 * How many clients each unit has, and how many of them nobody answers for as custodian (omatyöntekijä,
 * SHL 42 §) today. A lead sees the own units, an administrator all. A person entered twice counts once.
 */
export const caseload = (
  asker: Asker,
): Promise<Result<OnlineOutput<'statistics.caseload'>, OnlineRefusal>> =>
  withTransaction(asker.db, async (tx) => {
    const own = asker.person.duties.includes('administrator') ? null : unitsOf(asker.person);
    const counts = await tx.query<{ unitId: Id; clients: number; withoutCustodian: number }>(
      `SELECT unit.id AS "unitId", count(standing.case_id) AS clients,
              count(standing.case_id) FILTER (WHERE NOT EXISTS (
                SELECT FROM membership_current AS member
                WHERE member.case_id IN (
                    SELECT standing.case_id UNION ALL
                    SELECT case_id FROM case_alias WHERE main_case_id = standing.case_id)
                  AND member.role = 'custodian' AND member.valid_from <= $2
                  AND (member.valid_to IS NULL OR member.valid_to >= $2))) AS "withoutCustodian"
       FROM unit LEFT JOIN client_standing AS standing
         ON standing.unit_id = unit.id
        AND NOT EXISTS (SELECT FROM case_alias WHERE case_alias.case_id = standing.case_id)
       WHERE $1::uuid[] IS NULL OR unit.id = ANY($1::uuid[])
       GROUP BY unit.id ORDER BY unit.name, unit.id`,
      [own, finnishDate(asker.now().getTime())],
    );
    await writeUse(tx, [
      entryOf(asker, { action: 'statistics', what: { screen: 'caseload', count: counts.length } }),
    ]);
    return ok({
      rows: counts.map(({ unitId, clients, withoutCustodian }) => ({
        unitId,
        clients: told(clients),
        withoutCustodian: told(withoutCustodian),
      })),
    });
  });
