import { registerOf, type Compartment } from '#shared/domain/codes.ts';
import type { HybridTime } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { OnlineInput, OnlineOutput } from '#shared/protocol/online/online-calls.ts';
import { physicalMs } from '#shared/sync/hybrid-time.ts';
import { withTransaction, type Reader } from '../../db/pool.ts';
import { entryOf, rightOf } from '../online/asker-entry.ts';
import type { Asker, OnlineRefusal } from '../online/online-handlers.ts';
import { readAccess } from '../rights/read-access.ts';
import { writeUse } from '../use-log/write-use.ts';

type Asked = OnlineInput<'history.group'>;
type Told = OnlineOutput<'history.group'>;

/**
 * Every version of one group of a record, to those who may see the part that the record lies in. The look
 * is logged before the answer (703/2023 10 §). The same words for what is hidden and what does not exist.
 */
export const groupHistory = (asker: Asker, asked: Asked): Promise<Result<Told, OnlineRefusal>> =>
  withTransaction(asker.db, async (tx) => {
    const nowMs = asker.now().getTime();
    const access = await readAccess(tx, asker.person.id, [asked.caseId], nowMs);
    const record = await findRecord(tx, asked);
    const decision = record && access.get(asked.caseId)?.decide(record.compartment);
    if (!record || decision?.allowed !== true) return err({ code: 'no-access' });
    const { caseId, recordId, group } = asked;
    await writeUse(tx, [
      entryOf(asker, {
        action: 'history',
        caseId,
        register: registerOf(record.compartment),
        compartments: [record.compartment],
        what: { records: [{ id: recordId, kind: record.kind, group }] },
        ...rightOf(decision),
      }),
    ]);
    return ok({ versions: await readVersions(tx, asked) });
  });

const findRecord = async (
  db: Reader,
  { caseId, recordId }: Asked,
): Promise<{ readonly kind: string; readonly compartment: Compartment } | undefined> => {
  const [record] = await db.query<{ kind: string; compartment: Compartment }>(
    `SELECT kind, compartment FROM record_identity WHERE record_id = $2 AND case_id = $1`,
    [caseId, recordId],
  );
  return record;
};

const readVersions = async (
  db: Reader,
  { caseId, recordId, group }: Asked,
): Promise<Told['versions']> => {
  const rows = await db.query<{
    changeId: Id;
    value: { [field: string]: unknown };
    parents: Id[];
    authorId: Id;
    profession: string;
    time: HybridTime;
    receivedAt: Date;
    seq: number;
    schema: number;
  }>(
    `SELECT change_id AS "changeId", value, parents, author_id AS "authorId", profession,
            hybrid_time AS "time", received_at AS "receivedAt", seq, schema
     FROM change_log WHERE case_id = $1 AND record_id = $2 AND grp = $3 ORDER BY seq DESC`,
    [caseId, recordId, group],
  );
  return rows.map(({ time, receivedAt, ...version }) => ({
    ...version,
    timeMs: physicalMs(time),
    receivedMs: receivedAt.getTime(),
  }));
};
