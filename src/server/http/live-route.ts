import type { LiveMessage } from '#shared/protocol/live.ts';
import type { RegionContext } from '../region/context.ts';
import type { News } from '../region/syncing/news.ts';
import { findSession, type SessionLimits } from '../region/identity/sessions.ts';
import { sessionOf, tokenOf } from './authentication.ts';
import type { RegionApp } from './region-app.ts';

const newsMessage = JSON.stringify({ type: 'news' } satisfies LiveMessage);

/** A line that has been silent for so long is asked whether anybody is there. */
const pingEveryMs = 30_000;

/** Tells a signed-in device that there is something to pull. What a device says here is not listened to. */
export const liveRoute = (
  app: RegionApp,
  { db, now }: RegionContext,
  limits: SessionLimits,
  news: News | null,
): void => {
  app.get('/v1/live', { websocket: true }, (socket, request) => {
    const { personId, deviceId } = sessionOf(request);
    const token = tokenOf(request) ?? '';
    /** The line outlives many a session: one that has ended hears nothing more. */
    const tell = async (): Promise<void> => {
      const holds = await findSession(db, token, now(), limits).catch(() => null);
      if (holds === null) socket.close(1008);
      else socket.send(newsMessage);
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
    }, pingEveryMs);
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
