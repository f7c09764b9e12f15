import { registerOf, type Compartment } from '#shared/domain/codes.ts';
import type { Granted } from '#shared/domain/access/decide.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { UseEntry } from '#shared/domain/use-log/entry.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { OnlineInput, OnlineOutput } from '#shared/protocol/online/online-calls.ts';
import { limits } from '#shared/protocol/version.ts';
import { withTransaction, type Reader, type Transaction } from '../../db/pool.ts';
import { entryOf, rightOf } from '../online/asker-entry.ts';
import type { Asker, OnlineRefusal } from '../online/online-handlers.ts';
import { readRegionState } from '../region-state.ts';
import { readAccess } from '../rights/read-access.ts';
import { logColumns, mostRows, storedChange, type PageRow } from '../syncing/page-content.ts';
import { writeUse } from '../use-log/write-use.ts';

type Asked = OnlineInput<'history.client'>;
type Told = OnlineOutput<'history.client'>;

/** A part that the asker may see, and why. */
type Open = { readonly compartment: Compartment; readonly decision: Granted };

/**
 * A page of a client's log, within the parts asked for that the person may see at this moment (SPEC Y1).
 * It stands in the log of use before it is answered (Y2). The same words for what is hidden and what does
 * not exist.
 */
export const clientHistory = (asker: Asker, asked: Asked): Promise<Result<Told, OnlineRefusal>> =>
  withTransaction(asker.db, async (tx) => {
    const open = await openParts(tx, asker, asked);
    if (open.length === 0) return err({ code: 'no-access' });
    const fresh = asked.purpose === 'look' ? open : await notToldYet(tx, asker, asked.caseId, open);
    await writeUse(tx, entriesOf(asker, asked, fresh));
    const compartments = open.map(({ compartment }) => compartment);
    const { epoch, highWater } = await readRegionState(tx);
    const page = await readPage(tx, asked, compartments, highWater);
    return ok({ epoch, atMs: asker.now().getTime(), compartments, ...page });
  });

const openParts = async (
  tx: Transaction,
  asker: Asker,
  { caseId, purpose, compartments }: Asked,
): Promise<readonly Open[]> => {
  const access = await readAccess(tx, asker.person.id, [caseId], asker.now().getTime());
  const client = access.get(caseId);
  const asked = new Set(compartments);
  const held = purpose === 'keep' ? await heldParts(tx, asker.session.deviceId, caseId) : asked;
  return (client?.compartments ?? []).flatMap((compartment) => {
    if (!asked.has(compartment) || !held.has(compartment)) return [];
    const decision = client?.decide(compartment);
    return decision?.allowed === true ? [{ compartment, decision }] : [];
  });
};

/** A device keeps the history of what it holds, and of nothing else. */
const heldParts = async (
  db: Reader,
  deviceId: Id,
  caseId: Id,
): Promise<ReadonlySet<Compartment>> => {
  const rows = await db.query<{ compartment: Compartment }>(
    `SELECT compartment FROM device_scope
     WHERE device_id = $1 AND case_id = $2 AND state <> 'leaving'`,
    [deviceId, caseId],
  );
  return new Set(rows.map(({ compartment }) => compartment));
};

/**
 * Of the parts whose history goes to lie on the device, those of which the log of use does not say so yet:
 * once for as long as the device holds the part, as with the part itself (SPEC P10).
 */
const notToldYet = async (
  tx: Transaction,
  { session }: Asker,
  caseId: Id,
  open: readonly Open[],
): Promise<readonly Open[]> => {
  const rows = await tx.query<{ compartment: Compartment }>(
    `UPDATE device_scope SET history_told = true
     WHERE device_id = $1 AND case_id = $2 AND compartment = ANY($3::text[]) AND NOT history_told
     RETURNING compartment`,
    [session.deviceId, caseId, open.map(({ compartment }) => compartment)],
  );
  const fresh = new Set(rows.map(({ compartment }) => compartment));
  return open.filter(({ compartment }) => fresh.has(compartment));
};

/** One entry for each register and ground (703/2023 10 §). */
const entriesOf = (
  asker: Asker,
  { caseId, purpose }: Asked,
  parts: readonly Open[],
): readonly UseEntry[] =>
  [...Map.groupBy(parts, groundOf).values()].flatMap((alike): readonly UseEntry[] => {
    const [first] = alike;
    if (!first) return [];
    return [
      entryOf(asker, {
        action: purpose === 'keep' ? 'prefetch' : 'history',
        caseId,
        register: registerOf(first.compartment),
        compartments: alike.map(({ compartment }) => compartment).toSorted(),
        what: { screen: 'history' },
        ...rightOf(first.decision),
      }),
    ];
  });

const groundOf = ({ compartment, decision }: Open): string => {
  const { role, ground, basisId } = rightOf(decision);
  return [registerOf(compartment), role, ground, basisId ?? ''].join(' ');
};

const readPage = async (
  db: Reader,
  { caseId, after }: Asked,
  compartments: readonly Compartment[],
  highWater: number,
): Promise<Pick<Told, 'versions' | 'through' | 'more'>> => {
  const rows = await db.query<PageRow & { readonly receivedAt: Date }>(
    `SELECT * FROM (
       SELECT *, count(*) OVER () AS total, sum(bytes) OVER (ORDER BY seq) - bytes AS begins FROM (
         SELECT ${logColumns}, log.received_at AS "receivedAt" FROM change_log AS log
         WHERE log.case_id = $1 AND log.compartment = ANY($2::text[])
           AND log.seq > $3 AND log.seq <= $4
         ORDER BY log.seq LIMIT $5) AS read) AS placed
     WHERE begins = 0 OR begins + bytes <= $6 ORDER BY seq`,
    [caseId, compartments, after, highWater, mostRows, limits.pageBytes],
  );
  const last = rows.at(-1);
  const more = last !== undefined && (rows.length < last.total || last.total === mostRows);
  return {
    versions: rows.map((row) => ({ ...storedChange(row), receivedMs: row.receivedAt.getTime() })),
    // A device that has come past the end stands where it stood.
    through: more ? last.seq : Math.max(after, highWater),
    more,
  };
};
