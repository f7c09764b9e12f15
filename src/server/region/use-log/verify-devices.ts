import type { Id } from '#shared/domain/ids.ts';
import { emptyChain, type ChainPlace, type ChainedEntry } from '#shared/domain/use-log/chain.ts';
import type { UseEntry } from '#shared/domain/use-log/entry.ts';
import { deviceCheck, type DeviceHead } from '#shared/domain/use-log/verify.ts';
import type { Reader } from '../../db/pool.ts';

export type SoundnessProblem = {
  readonly code: string;
  readonly register: string;
  readonly month: string;
  readonly place: string;
};

export type TellProblem = (problem: SoundnessProblem) => void;

/** Milliseconds since 1970, UTC; `to` is no longer included. */
export type Span = { readonly from: number; readonly to: number };

const entriesAtATime = 1_000;

type HeldDevice = {
  readonly deviceId: Id;
  readonly through: number | null;
  readonly hash: string | null;
  readonly forgottenThrough: number | null;
  readonly forgottenHash: string | null;
  /** Numbers of the entries of the span; null for a device of whose chain nothing is left. */
  readonly first: number | null;
  readonly last: number | null;
};

/** The chains of devices that wrote something in the span, and of those of which nothing is left at all. */
export const verifyDevices = async (db: Reader, span: Span, tell: TellProblem): Promise<void> => {
  const devices = await db.query<HeldDevice>(
    `WITH seen AS (
       SELECT device_id, min(device_no) AS first, max(device_no) AS last FROM use_entry
       WHERE device_no IS NOT NULL AND at >= $1 AND at < $2 GROUP BY device_id)
     SELECT coalesce(seen.device_id, chain.device_id) AS "deviceId", through, hash,
       forgotten_through AS "forgottenThrough", forgotten_hash AS "forgottenHash", first, last
     FROM seen FULL JOIN use_device_chain AS chain USING (device_id)
     WHERE seen.device_id IS NOT NULL
       OR (chain.through > chain.forgotten_through AND NOT EXISTS (
         SELECT FROM use_entry WHERE use_entry.device_id = chain.device_id AND device_no IS NOT NULL))`,
    [new Date(span.from), new Date(span.to)],
  );
  for (const device of devices) await verifyDevice(db, device, tell);
};

const verifyDevice = async (db: Reader, device: HeldDevice, tell: TellProblem): Promise<void> => {
  const { deviceId } = device;
  const held: ChainPlace = { through: device.through ?? 0, hash: device.hash ?? emptyChain.hash };
  const forgotten: ChainPlace = {
    through: device.forgottenThrough ?? 0,
    hash: device.forgottenHash ?? emptyChain.hash,
  };
  const first = Math.max(device.first ?? forgotten.through + 1, forgotten.through + 1);
  const last = device.last ?? held.through;
  const place = async (no: number): Promise<ChainPlace | null> => {
    const [found] = await db.query<ChainPlace>(
      `SELECT device_no AS through, device_hash AS hash FROM use_entry
       WHERE device_id = $1 AND device_no = $2`,
      [deviceId, no],
    );
    return found ?? null;
  };
  const after =
    first - 1 === forgotten.through ? forgotten : ((await place(first - 1)) ?? forgotten);
  // In the middle of a chain the head is the last entry of the span, and the rest must still be there.
  const end = last < held.through ? ((await place(last)) ?? held) : held;
  const head: DeviceHead = { deviceId, after, ...end };
  const check = deviceCheck(head, tell);
  for await (const entry of readChain(db, deviceId, first, last)) check.take(entry);
  check.end();
  if (last >= held.through) return;
  const [rest] = await db.query<{ count: number }>(
    `SELECT count(*) AS count FROM use_entry
     WHERE device_id = $1 AND device_no > $2 AND device_no <= $3`,
    [deviceId, last, held.through],
  );
  if (rest?.count !== held.through - last) {
    tell({ code: 'device-gap', register: '', month: '', place: `${deviceId} ${last + 1}` });
  }
};

async function* readChain(
  db: Reader,
  deviceId: Id,
  first: number,
  last: number,
): AsyncGenerator<ChainedEntry, void, undefined> {
  for (let from = first; from <= last; from += entriesAtATime) {
    const rows = await db.query<{ no: number; prev: string; hash: string; body: string }>(
      `SELECT device_no AS no, device_prev AS prev, device_hash AS hash, body FROM use_entry
       WHERE device_id = $1 AND device_no BETWEEN $2 AND $3 ORDER BY device_no`,
      [deviceId, from, Math.min(last, from + entriesAtATime - 1)],
    );
    for (const { body, ...link } of rows) yield { ...link, entry: JSON.parse(body) as UseEntry };
  }
}
