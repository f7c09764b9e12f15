import { derivedId, newId, type Id } from '#shared/domain/ids.ts';
import {
  chainProblem,
  chained,
  emptyChain,
  textOfEntry,
  type ChainPlace,
  type ChainedEntry,
} from '#shared/domain/use-log/chain.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { UseLogRequest, UseLogResponse } from '#shared/protocol/use-log.ts';
import { withTransaction, type Transaction } from '../../db/pool.ts';
import type { RegionContext } from '../context.ts';
import type { Session } from '../identity/sessions.ts';
import { takeInOfflineOpenings } from '../openings/offline-openings.ts';
import { takeStep } from '../identity/take-step.ts';
import { deviceSignatureCheck } from '../identity/device-signature.ts';
import { insertUse } from './use-rows.ts';

type FaultOfEntries = {
  readonly code: 'not-acceptable';
  readonly path: 'entries' | 'signature';
  readonly problem: 'not-own' | 'altered' | 'bad-signature';
};
export type TakeInRefusal = FaultOfEntries | { readonly code: 'device-copied' };

type AlarmCode = 'fork' | 'altered' | 'bad-signature' | 'not-own';

/**
 * Takes in what a device has noted, in the order of its chain. A repeat of what is held is harmless. A
 * device that is elsewhere (a gap, another entry under a held number: a restored server, a copied disk)
 * is told how far the region holds its chain and goes on from there; what it sent under a held number is
 * kept as evidence.
 */
export const takeInUseLog = async (
  { db, now, random }: RegionContext,
  session: Session & { readonly publicKey: Uint8Array },
  request: UseLogRequest,
): Promise<Result<UseLogResponse, TakeInRefusal>> => {
  const received = now();
  const { entries } = request;
  const alarm = (
    tx: Transaction,
    code: AlarmCode,
    sent: readonly ChainedEntry[],
    held: ReadonlyMap<number, string> = new Map(),
  ): Promise<void> =>
    noteAlarms(tx, session, code, sent, held, received, () => newId(received.getTime(), random));

  const fault = faultOf(entries, request.signature, session);
  if (fault) {
    await withTransaction(db, (tx) => alarm(tx, fault.problem, fault.entries));
    return err({ code: 'not-acceptable', path: fault.path, problem: fault.problem });
  }
  return withTransaction(db, async (tx) => {
    // Before a copy's entries could look like a fork of the chain.
    const step = await takeStep(tx, session.deviceId, request.step);
    if (!step.ok) return err({ code: step.error });
    const held = await lockChain(tx, session.deviceId);
    const repeated = entries.filter(({ no }) => no <= held.through);
    const hashes = await heldHashes(tx, session.deviceId, repeated);
    const forked = repeated.filter(({ no, hash }) => (hashes.get(no) ?? hash) !== hash);
    if (forked.length > 0) await alarm(tx, 'fork', forked, hashes);
    const fresh = entries.slice(repeated.length);
    const through =
      forked.length === 0 && chainProblem(held, fresh) === null
        ? await store(tx, session.deviceId, fresh, received)
        : null;
    const openings = await takeInOfflineOpenings(tx, session, request.openings, received.getTime());
    return ok({ ...(through ?? held), openings: [...openings] });
  });
};

type Fault = Omit<FaultOfEntries, 'code'> & { readonly entries: readonly ChainedEntry[] };

/** What no sound device sends. */
const faultOf = (
  entries: readonly ChainedEntry[],
  signature: string,
  session: Session & { readonly publicKey: Uint8Array },
): Fault | null => {
  const last = entries.at(-1);
  if (!last) return null;
  const isSigned = deviceSignatureCheck(session.publicKey)(last.hash, signature);
  if (!isSigned) return { path: 'signature', problem: 'bad-signature', entries: [last] };
  const foreign = entries.filter(
    ({ entry }) => entry.personId !== session.personId || entry.deviceId !== session.deviceId,
  );
  if (foreign.length > 0) return { path: 'entries', problem: 'not-own', entries: foreign };
  const altered = entries.filter(
    (one, at) =>
      chained(one.no, one.prev, one.entry).hash !== one.hash ||
      (at > 0 && (one.no !== (entries[at - 1]?.no ?? 0) + 1 || one.prev !== entries[at - 1]?.hash)),
  );
  return altered.length > 0 ? { path: 'entries', problem: 'altered', entries: altered } : null;
};

/** How far the device's chain is held; two uploads of one device take turns. */
const lockChain = async (tx: Transaction, deviceId: Id): Promise<ChainPlace> => {
  await tx.query(
    `INSERT INTO use_device_chain (device_id, through, hash) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING`,
    [deviceId, emptyChain.through, emptyChain.hash],
  );
  const [held] = await tx.query<ChainPlace>(
    'SELECT through, hash FROM use_device_chain WHERE device_id = $1 FOR UPDATE',
    [deviceId],
  );
  return held ?? emptyChain;
};

const heldHashes = async (
  tx: Transaction,
  deviceId: Id,
  entries: readonly ChainedEntry[],
): Promise<ReadonlyMap<number, string>> => {
  if (entries.length === 0) return new Map();
  const rows = await tx.query<{ no: number; hash: string }>(
    `SELECT device_no AS no, device_hash AS hash FROM use_entry
     WHERE device_id = $1 AND device_no = ANY($2::bigint[])`,
    [deviceId, entries.map(({ no }) => no)],
  );
  return new Map(rows.map(({ no, hash }) => [no, hash]));
};

const store = async (
  tx: Transaction,
  deviceId: Id,
  entries: readonly ChainedEntry[],
  received: Date,
): Promise<ChainPlace | null> => {
  const last = entries.at(-1);
  if (!last) return null;
  await insertUse(
    tx,
    entries.map(({ no, prev, hash, entry }) => ({
      // Follows from its place, so that nothing a device calls its entry can stand in another's way.
      id: derivedId('use', `${deviceId} ${no}`),
      entry,
      receivedMs: received.getTime(),
      chain: { no, prev, hash },
    })),
  );
  await tx.query('UPDATE use_device_chain SET through = $2, hash = $3 WHERE device_id = $1', [
    deviceId,
    last.no,
    last.hash,
  ]);
  return { through: last.no, hash: last.hash };
};

/** Once for each hash under each number: a device that repeats itself says nothing new. */
const noteAlarms = async (
  tx: Transaction,
  { deviceId, personId }: Session,
  code: AlarmCode,
  sent: readonly ChainedEntry[],
  held: ReadonlyMap<number, string>,
  received: Date,
  newAlarmId: () => Id,
): Promise<void> => {
  await tx.query(
    `INSERT INTO use_alarm (id, received_at, device_id, person_id, code, no, held_hash, sent_hash, body)
     SELECT id, $2, $3, $4, $5, no, held_hash, sent_hash, body FROM jsonb_to_recordset($1::jsonb)
       AS row (id uuid, no bigint, held_hash text, sent_hash text, body text)
     ON CONFLICT DO NOTHING`,
    [
      JSON.stringify(
        sent.map(({ no, hash, entry }) => ({
          id: newAlarmId(),
          no,
          held_hash: held.get(no) ?? null,
          sent_hash: hash,
          body: textOfEntry(entry),
        })),
      ),
      received,
      deviceId,
      personId,
      code,
    ],
  );
};
