import type { Id } from '#shared/domain/ids.ts';
import { listenOn } from '../../db/listen.ts';
import type { Database } from '../../db/pool.ts';
import { rightsChannel } from '../rights/touch-rights.ts';
import { readRegionState } from '../region-state.ts';
import { newsChannel } from './append.ts';
import { concernedByLog } from './news-of-log.ts';

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

/**
 * Hears of every commit to the log, from this and the region's other server processes, and tells those
 * devices that hold something of what was written, or are about to be given or to lose something by it
 * (SPEC P9). Also those of people whose own standing has changed. Only that there is news: correctness
 * never depends on it.
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

  const tellNews = async (): Promise<void> => {
    const { highWater } = await readRegionState(db);
    if (highWater <= told) return;
    const span = { after: told, upTo: highWater };
    const concerned = await concernedByLog(db, [...listeners], span, now().getTime());
    told = highWater;
    for (const listener of listeners) {
      if (concerned.has(listener.deviceId)) listener.tell();
    }
  };

  const tellPerson = (personId: Id): void => {
    for (const listener of listeners) {
      if (listener.personId === personId) listener.tell();
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

  const listening = await listenOn(db, {
    channels: [newsChannel, rightsChannel],
    heard: (channel, payload) => {
      if (channel === rightsChannel) tellPerson(payload);
      else void hear();
    },
    begun: hear,
    lost: () => onLost('news'),
  });
  return {
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    end: async () => {
      listening.end();
      await Promise.resolve();
    },
  };
};
