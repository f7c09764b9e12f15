import type { LiveMessage } from '#shared/protocol/live.ts';
import type { News } from '../region/news.ts';
import { sessionOf } from './authentication.ts';
import type { RegionApp } from './region-app.ts';

const newsMessage = JSON.stringify({ type: 'news' } satisfies LiveMessage);

/** A line that has been silent for so long is asked whether anybody is there. */
const pingEveryMs = 30_000;

/** Tells a signed-in device that there is something to pull. What a device says here is not listened to. */
export const liveRoute = (app: RegionApp, news: News | null): void => {
  app.get('/v1/live', { websocket: true }, (socket, request) => {
    const { personId, deviceId } = sessionOf(request);
    const stop = news?.listen({ personId, deviceId, tell: () => socket.send(newsMessage) });
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
