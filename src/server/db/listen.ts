import type pg from 'pg';
import type { Database } from './pool.ts';

const reconnectMs = 2_000;

export type ListenOptions = {
  readonly channels: readonly string[];
  readonly heard: (channel: string, payload: string) => void;
  /** Listening begins, at first or anew: what was told meanwhile was not heard. */
  readonly begun: () => Promise<void>;
  /** The connection was lost; it is made again by itself. */
  readonly lost: () => void;
};

/**
 * Hears what is told over PostgreSQL's channels on a connection of its own, which is made anew when it is
 * lost, until ended.
 */
export const listenOn = async (
  db: Database,
  { channels, heard, begun, lost }: ListenOptions,
): Promise<{ readonly end: () => void }> => {
  let client: pg.PoolClient | null = null;
  let retry: NodeJS.Timeout | undefined;
  let ended = false;

  const lose = (): void => {
    client?.release(true);
    client = null;
    if (ended) return;
    lost();
    clearTimeout(retry);
    retry = setTimeout(() => void connect(), reconnectMs);
  };

  const connect = async (): Promise<void> => {
    try {
      client = await db.pool.connect();
      client.on('notification', ({ channel, payload }) => heard(channel, payload ?? ''));
      client.on('error', () => lose());
      await client.query(channels.map((channel) => `LISTEN ${channel}`).join('; '));
      await begun();
    } catch {
      lose();
    }
  };

  await connect();
  return {
    end: () => {
      ended = true;
      clearTimeout(retry);
      client?.removeAllListeners('notification');
      client?.release(true);
      client = null;
    },
  };
};
