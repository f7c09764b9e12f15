import type { Transaction } from '../../db/pool.ts';

/** How the rows of a table come back: what they are known by, and what the journal leaves out of a new one. */
type JournaledTable = {
  readonly key: string;
  readonly columns: readonly string[];
  /** Texts about clients stay out of the journal; a row that must have one gets this. */
  readonly leftOut?: Readonly<Record<string, string>>;
};

/** The tables whose rows give or take rights, as `note_rights` writes them down. */
export const journaledTables: Readonly<Record<string, JournaledTable>> = {
  unit: { key: 'id', columns: ['id', 'name', 'municipality', 'sector'] },
  person: {
    key: 'id',
    columns: [
      'id',
      'given_name',
      'family_name',
      'profession',
      'task_class',
      'unit_id',
      'registers_number',
      'active',
      'tasks',
      'duties',
      'partner_sector',
      'identity_code_hash',
    ],
  },
  account: { key: 'person_id', columns: ['login', 'secret_hash', 'person_id', 'created_at'] },
  device: {
    key: 'id',
    columns: [
      'id',
      'person_id',
      'public_key',
      'name',
      'created_at',
      'last_seen_at',
      'revoked_at',
      'replaced_at',
      'replaces',
    ],
  },
  absence: {
    key: 'id',
    columns: [
      'id',
      'person_id',
      'deputy_id',
      'valid_from',
      'valid_to',
      'case_ids',
      'created_by',
      'created_at',
    ],
  },
  opening: {
    key: 'id',
    columns: [
      'id',
      'kind',
      'person_id',
      'device_id',
      'case_id',
      'ground',
      'compartments',
      'from_at',
      'until_at',
      'ended_at',
      'offline',
      'received_at',
      'reviewed_by',
      'reviewed_at',
    ],
    leftOut: { reason: '' },
  },
  case_alias: {
    key: 'case_id',
    columns: ['case_id', 'main_case_id', 'merged_by', 'merged_at'],
    leftOut: { reason: '' },
  },
};

export const isJournaledTable = (kind: string): boolean => Object.hasOwn(journaledTables, kind);

/** Makes the row what the journal says it was at that moment; a row taken away goes. */
export const bringBackRow = async (
  tx: Transaction,
  kind: string,
  row: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const table = journaledTables[kind];
  if (!table) throw new Error(`The journal of rights names no such table: ${kind}.`);
  const { key, leftOut = {} } = table;
  if (row['deleted'] === true) {
    await tx.query(`DELETE FROM ${kind} WHERE ${key} = $1`, [row[key]]);
    return;
  }
  // Names from the list above alone: what stands in the file is never part of a statement.
  const columns = table.columns.filter((column) => Object.hasOwn(row, column));
  const others = columns.filter((column) => column !== key);
  const all = [...columns, ...Object.keys(leftOut)].join(', ');
  await tx.query(
    `INSERT INTO ${kind} (${all}) SELECT ${all} FROM jsonb_populate_record(NULL::${kind}, $1)
     ON CONFLICT (${key}) DO UPDATE SET
       ${others.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    [JSON.stringify({ ...leftOut, ...row })],
  );
};
