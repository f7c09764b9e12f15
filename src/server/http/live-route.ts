import {
  liveSaying,
  presence as rules,
  type LiveMessage,
  type LiveSaying,
} from '#shared/protocol/live.ts';
import type { RegionContext } from '../region/context.ts';
import type { Presence } from '../region/presence/presence.ts';
import type { News } from '../region/syncing/news.ts';
import { sessionLives, type SessionLimits } from '../region/identity/sessions.ts';
import { sessionOf } from './authentication.ts';
import type { RegionApp } from './region-app.ts';

const newsMessage = JSON.stringify({ type: 'news' } satisfies LiveMessage);

/** So often a line is asked whether anybody is there, and its session whether it still lives. */
export const pingEveryMs = 20_000;

/** Where a live line hears from. */
export type LiveSources = { readonly news: News | null; readonly presence: Presence | null };

/** Counts what a line says: so much at once, and one more each second (SPEC W5). */
const allowance = (now: () => Date): (() => boolean) => {
  let left: number = rules.sayingsAtOnce;
  let atMs = now().getTime();
  return () => {
    const nowMs = now().getTime();
    left = Math.min(rules.sayingsAtOnce, left + Math.max(0, nowMs - atMs) / 1_000);
    atMs = nowMs;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
};

/** What a device said, or null for what is no message of ours. */
const readSaying = (data: unknown, isBinary: boolean) => {
  if (isBinary || !Buffer.isBuffer(data)) return null;
  try {
    const parsed = liveSaying.safeParse(JSON.parse(data.toString('utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};

/**
 * Tells a signed-in device that there is something to pull, and who else has the plans open that it says it
 * has. A line that says anything else, or too much, is closed.
 */
export const liveRoute = (
  app: RegionApp,
  { db, now }: RegionContext,
  limits: SessionLimits,
  { news, presence }: LiveSources,
  pingMs: number,
): void => {
  app.get('/v1/live', { websocket: true }, (socket, request) => {
    const { id, personId, deviceId } = sessionOf(request);
    /** The line outlives its access token, but not its session: one that has ended hears nothing more. */
    const holds = async (): Promise<boolean> => {
      const lives = await sessionLives(db, id, now(), limits).catch(() => false);
      if (!lives) socket.close(1008);
      return lives;
    };
    const tell = async (): Promise<void> => {
      if (await holds()) socket.send(newsMessage);
    };
    const stop = news?.listen({ personId, deviceId, tell: () => void tell() });
    const here = presence?.join(personId, (message) => socket.send(JSON.stringify(message)));
    const pass = async (saying: LiveSaying): Promise<void> => {
      if ((await holds()) && socket.readyState === socket.OPEN) here?.say(saying);
    };
    const mayGoOn = allowance(now);
    let answered = true;
    const pinging = setInterval(() => {
      if (!answered) {
        socket.terminate();
        return;
      }
      answered = false;
      socket.ping();
      void holds();
    }, pingMs);
    socket.on('pong', () => {
      answered = true;
    });
    socket.on('message', (data, isBinary) => {
      const saying = readSaying(data, isBinary);
      if (saying === null || !mayGoOn()) {
        here?.leave();
        socket.close(1008);
        return;
      }
      void pass(saying);
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearInterval(pinging);
      stop?.();
      here?.leave();
    });
  });
};
