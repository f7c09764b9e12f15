import type { LiveMessage } from '#shared/protocol/live.ts';
import type { RegionContext } from '../region/context.ts';
import type { News } from '../region/syncing/news.ts';
import { sessionLives, type SessionLimits } from '../region/identity/sessions.ts';
import { sessionOf } from './authentication.ts';
import type { RegionApp } from './region-app.ts';

const newsMessage = JSON.stringify({ type: 'news' } satisfies LiveMessage);

/** So often a line is asked whether anybody is there, and its session whether it still lives. */
export const pingEveryMs = 20_000;

/** Tells a signed-in device that there is something to pull. What a device says here is not listened to. */
export const liveRoute = (
  app: RegionApp,
  { db, now }: RegionContext,
  limits: SessionLimits,
  news: News | null,
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
    socket.on('message', () => socket.close(1008));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearInterval(pinging);
      stop?.();
    });
  });
};
