import type pg from 'pg';
import { finnishDate } from '#shared/domain/civil-date.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Database } from '../../db/pool.ts';
import { newsChannel } from './append.ts';
import { readRegionState } from '../region-state.ts';

/** Who wants to hear: a device with the person who is signed in on it. */
export type Listener = {
  readonly personId: Id;
  readonly deviceId: Id;
  readonly tell: () => void;
};

export type News = {
  /** Returns what ends the listening. */
  readonly listen: (listener: Listener) => () => void;
  readonly end: () => Promise<void>;
};

const reconnectMs = 2_000;

/**
 * Hears of every commit to the log, from this and the region's other server processes, and tells those
 * devices that may see something of it or hold something of it. Only that there is news: correctness never
 * depends on it.
 */
export const listenForNews = async (
  db: Database,
  onLost: (reason: string) => void,
  now: () => Date = () => new Date(),
): Promise<News> => {
  const listeners = new Set<Listener>();
  let told = (await readRegionState(db)).highWater;
  let working = false;
  let heardMore = false;
  let ended = false;
  let client: pg.PoolClient | null = null;
  let retry: NodeJS.Timeout | undefined;

  const tellNews = async (): Promise<void> => {
    const { highWater } = await readRegionState(db);
    if (highWater <= told) return;
    const concerned = await concernedBy(db, told, highWater, finnishDate(now().getTime()));
    told = highWater;
    for (const listener of listeners) {
      if (concerned(listener)) listener.tell();
    }
  };

  /** One look at a time; what is heard meanwhile is looked at after it. */
  const hear = async (): Promise<void> => {
    heardMore = true;
    if (working) return;
    working = true;
    try {
      while (heardMore) {
        heardMore = false;
        await tellNews();
      }
    } catch (error) {
      onLost((error as Error).name);
    } finally {
      working = false;
    }
  };

  const connect = async (): Promise<void> => {
    try {
      client = await db.pool.connect();
      client.on('notification', () => void hear());
      client.on('error', () => lose());
      await client.query(`LISTEN ${newsChannel}`);
      await hear();
    } catch {
      lose();
    }
  };

  const lose = (): void => {
    client?.release(true);
    client = null;
    if (ended) return;
    onLost('news');
    clearTimeout(retry);
    retry = setTimeout(() => void connect(), reconnectMs);
  };

  await connect();
  return {
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    end: async () => {
      ended = true;
      clearTimeout(retry);
      client?.removeAllListeners('notification');
      client?.release(true);
      client = null;
      await Promise.resolve();
    },
  };
};

/** Whether a listener is today in a team of a client that the log's new part is about, or holds something of one. */
const concernedBy = async (
  db: Database,
  after: number,
  upTo: number,
  day: string,
): Promise<(listener: Listener) => boolean> => {
  const rows = await db.query<{ personId: Id | null; deviceId: Id | null; from: Id | null }>(
    `WITH touched AS (
       SELECT DISTINCT case_id, device_id FROM change_log WHERE seq > $1 AND seq <= $2
     )
     SELECT member.person_id AS "personId", NULL::uuid AS "deviceId", touched.device_id AS "from"
     FROM touched JOIN membership_current AS member USING (case_id)
     WHERE member.valid_from <= $3 AND (member.valid_to IS NULL OR member.valid_to >= $3)
     UNION
     SELECT NULL, held.device_id, touched.device_id
     FROM touched JOIN device_scope AS held USING (case_id)`,
    [after, upTo, day],
  );
  return (listener) =>
    rows.some(
      (row) =>
        row.from !== listener.deviceId &&
        (row.personId === listener.personId || row.deviceId === listener.deviceId),
    );
};
