import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { z } from 'zod';
import { signedText, type Change, type SentChange } from '#shared/domain/change.ts';
import type { Person } from '#shared/domain/directory.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import { withTransaction, type Database } from '#server/db/pool.ts';
import { parseStrictJson } from '#server/http/strict-json.ts';
import type { Sender } from '#server/region/syncing/check-change.ts';
import { pushChanges } from '#server/region/syncing/push-changes.ts';
import type { ServerCost } from '../plans/hubs.ts';
import { startClock } from '../figures.ts';
import {
  changeBy,
  enrolDevice,
  identityOf,
  membershipOf,
  newPerson,
  savePersons,
  storeAll,
} from './fill-region.ts';

export type AppendCost = {
  readonly wallMs: number;
  readonly nodeMs: number;
  readonly databaseMs: number | null;
};

/** The same changes by the program and by a bare insert; `changes` of them each. */
export type AppendResult = {
  readonly changes: number;
  readonly program: AppendCost;
  readonly bare: AppendCost;
};

export const timedWork = async (
  cpu: () => ServerCost,
  work: () => Promise<void>,
): Promise<AppendCost> => {
  const before = cpu();
  const clock = startClock();
  await work();
  const { wallMs } = clock();
  const after = cpu();
  return {
    wallMs,
    nodeMs: after.node - before.node,
    databaseMs:
      before.database === null || after.database === null ? null : after.database - before.database,
  };
};

const appendInput = z.object({ batches: z.int(), batchChanges: z.int() });

const plans = 20;

const bareTable = `CREATE TABLE IF NOT EXISTS bench_bare (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, change_id uuid, record_id uuid, kind text,
  case_id uuid, compartment text, grp text, value jsonb, parents uuid[], author_id uuid, profession text,
  task_class text, hybrid_time text, schema smallint, signature text, counter bigint)`;

const bareInsert = `INSERT INTO bench_bare (change_id, record_id, kind, case_id, compartment, grp, value,
    parents, author_id, profession, task_class, hybrid_time, schema, signature, counter)
  SELECT id, "recordId", kind, "caseId", compartment, "group", value, parents, "authorId", profession,
    "taskClass", time, schema, signature, counter
  FROM jsonb_to_recordset($1::jsonb) AS sent (id uuid, "recordId" uuid, kind text, "caseId" uuid,
    compartment text, "group" text, value jsonb, parents uuid[], "authorId" uuid, profession text,
    "taskClass" text, time text, schema smallint, signature text, counter bigint)`;

/**
 * W5: bodies of a push, as text, taken in by the program (form, signature, rights, place, value, heads, log
 * of use, receipts) and the same bodies by one bare insert. Each body is one durable transaction.
 */
export const measureAppends = async (
  db: Database,
  owner: Database,
  cpu: () => ServerCost,
  input: unknown,
): Promise<AppendResult> => {
  const { batches, batchChanges } = appendInput.parse(input);
  const author = newPerson('Ahkera');
  await savePersons(db, [author]);
  const { sender, signed } = await newSender(db, author);
  const cells = await newCells(db, author, Math.ceil(batchChanges / plans) * plans);
  let at = 0;
  const bodies = Array.from({ length: 2 * batches + 1 }, () =>
    JSON.stringify({
      protocol: 2,
      changes: Array.from({ length: batchChanges }, () => {
        const cell = cells[(at += 1) % cells.length];
        if (!cell) throw new Error('No needs to write to');
        const change = changeBy(author, {
          recordId: cell.recordId,
          kind: 'need',
          caseId: cell.caseId,
          group: 'heading',
          value: { lifeArea: 'housing', title: `Asumisen tuki ja liikkuminen kotona ${at}` },
          parents: [cell.head],
        });
        cell.head = change.id;
        return signed(change);
      }),
    }),
  );
  const parts = { db, nowMs: Date.now(), random: randomBytes };
  const push = async (body: string): Promise<void> => {
    const parsed = parseStrictJson(Buffer.from(body));
    if (!parsed.ok) throw new Error('A body of the benchmark is no JSON');
    const { changes } = parsed.value as { readonly changes: readonly SentChange[] };
    const receipts = await pushChanges(parts, sender, changes);
    if (!receipts.ok) throw new Error(receipts.error);
    const other = receipts.value.find((receipt) => receipt.verdict !== 'stored');
    if (other) throw new Error(`Not stored: ${JSON.stringify(other)}`);
  };
  const insert = (body: string): Promise<void> =>
    withTransaction(owner, async (tx) => {
      const { changes } = JSON.parse(body) as { readonly changes: readonly SentChange[] };
      const rows = changes.map(({ change, ...envelope }) => ({ ...change, ...envelope }));
      await tx.query(bareInsert, [JSON.stringify(rows)]);
    });
  await owner.query(bareTable);
  const [warm = '', ...timed] = bodies;
  await push(warm);
  await insert(warm);
  const program = await timedWork(cpu, async () => {
    for (const body of timed.slice(0, batches)) await push(body);
  });
  const bare = await timedWork(cpu, async () => {
    for (const body of timed.slice(0, batches)) await insert(body);
  });
  await owner.query('DROP TABLE bench_bare');
  return { changes: batches * batchChanges, program, bare };
};

const newSender = async (
  db: Database,
  person: Person,
): Promise<{ readonly sender: Sender; readonly signed: (change: Change) => SentChange }> => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
  let counter = 0;
  return {
    sender: {
      personId: person.id,
      deviceId: await enrolDevice(db, person.id, raw),
      publicKey: raw,
    },
    signed: (change) => ({
      change,
      signature: sign(null, Buffer.from(signedText(change)), privateKey).toString('base64url'),
      counter: (counter += 1),
    }),
  };
};

type NeedCell = { readonly caseId: Id; readonly recordId: Id; head: Id };

/** Needs of clients on whose team the author is. */
export const newCells = async (
  db: Database,
  author: Person,
  count: number,
): Promise<readonly NeedCell[]> => {
  const cases = Array.from({ length: plans }, () => newId(Date.now(), randomBytes));
  await storeAll(
    db,
    cases.flatMap((caseId, index) => [
      identityOf(author, caseId, `Kuusela ${index}`),
      membershipOf(author, caseId),
    ]),
  );
  const needs = Array.from({ length: count }, (_, index) =>
    changeBy(author, {
      recordId: newId(Date.now(), randomBytes),
      kind: 'need',
      caseId: cases[index % plans] ?? '',
      group: 'heading',
      value: { lifeArea: 'housing', title: `Asuminen ${index}` },
    }),
  );
  await storeAll(db, needs);
  return needs.map(({ caseId, recordId, id }) => ({ caseId, recordId, head: id }));
};
