import { filedAtMs, monthOf, type StoredUse } from '#shared/domain/use-log/blocks.ts';
import { textOfEntry } from '#shared/domain/use-log/chain.ts';
import { useEntrySchema, type UseEntry } from '#shared/domain/use-log/entry.ts';
import type { Reader } from '../../db/pool.ts';
import { ensureMonths } from './partitions.ts';

/** An entry as its row has it. Times are milliseconds since 1970, UTC. */
export type UseRow = {
  readonly id: string;
  readonly at: Date;
  readonly receivedAt: Date;
  readonly body: string;
  readonly no: number | null;
  readonly prev: string | null;
  readonly hash: string | null;
};

export const useRowColumns = `id, at, received_at AS "receivedAt", body, device_no AS no,
  device_prev AS prev, device_hash AS hash`;

/** The columns that repeat what the body says, as one value, to be held against it. */
export const repeatedColumns = `jsonb_build_array(written_ms, action, person_id, profession, task_class,
  unit_id, role, case_id, register, to_jsonb(compartments), ground, basis_id, device_id, offline)`;

const repeated = (entry: UseEntry): readonly unknown[] => [
  entry.atMs,
  entry.action,
  entry.personId,
  entry.profession,
  entry.taskClass,
  entry.unitId,
  entry.role,
  entry.caseId,
  entry.register,
  entry.compartments,
  entry.ground,
  entry.basisId,
  entry.deviceId,
  entry.offline,
];

export const storedOf = (row: UseRow): StoredUse => {
  const { id, receivedAt, body, no, prev, hash } = row;
  return {
    id,
    // As it is, also when somebody has altered it: whoever verifies must see what stands there.
    entry: JSON.parse(body) as UseEntry,
    receivedMs: receivedAt.getTime(),
    chain: no === null || prev === null || hash === null ? null : { no, prev, hash },
  };
};

/** Whether a row says the same in its body, its columns and its place in time. */
export const isSoundRow = (
  row: UseRow & { readonly repeated: readonly unknown[] },
  { entry, receivedMs }: StoredUse,
): boolean =>
  useEntrySchema.safeParse(entry).success &&
  textOfEntry(entry) === row.body &&
  JSON.stringify(repeated(entry)) === JSON.stringify(row.repeated) &&
  filedAtMs(entry, receivedMs) === row.at.getTime();

/**
 * Adds entries in the caller's transaction; they wait unsealed. No other lock is taken than those of the
 * rows themselves.
 */
export const insertUse = async (tx: Reader, stored: readonly StoredUse[]): Promise<void> => {
  if (stored.length === 0) return;
  const placed = stored.map((one) => ({ ...one, atMs: filedAtMs(one.entry, one.receivedMs) }));
  await ensureMonths(
    tx,
    placed.map(({ atMs }) => monthOf(atMs)),
  );
  const rows = placed.map(({ id, entry, receivedMs, chain, atMs }) => ({
    id,
    at: new Date(atMs),
    written_ms: entry.atMs,
    received_at: new Date(receivedMs),
    action: entry.action,
    person_id: entry.personId,
    profession: entry.profession,
    task_class: entry.taskClass,
    unit_id: entry.unitId,
    role: entry.role,
    case_id: entry.caseId,
    register: entry.register,
    compartments: entry.compartments,
    ground: entry.ground,
    basis_id: entry.basisId,
    device_id: entry.deviceId,
    offline: entry.offline,
    body: textOfEntry(entry),
    device_no: chain?.no ?? null,
    device_prev: chain?.prev ?? null,
    device_hash: chain?.hash ?? null,
  }));
  await tx.query(
    `WITH given AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS row (
         id uuid, at timestamptz, written_ms bigint, received_at timestamptz, action text,
         person_id uuid, profession text, task_class text, unit_id uuid, role text, case_id uuid,
         register text, compartments text[], ground text, basis_id uuid, device_id uuid,
         offline boolean, body text, device_no bigint, device_prev text, device_hash text)
     ), added AS (
       INSERT INTO use_entry
         (id, at, written_ms, received_at, action, person_id, profession, task_class, unit_id, role,
          case_id, register, compartments, ground, basis_id, device_id, offline, body, device_no,
          device_prev, device_hash)
       SELECT id, at, written_ms, received_at, action, person_id, profession, task_class, unit_id,
         role, case_id, register, compartments, ground, basis_id, device_id, offline, body,
         device_no, device_prev, device_hash
       FROM given
     )
     INSERT INTO use_unsealed (id, at, register) SELECT id, at, register FROM given`,
    [JSON.stringify(rows)],
  );
};
