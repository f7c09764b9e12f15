import { afterAll, beforeAll } from 'vitest';
import { webSocketClient } from '#renderer/client/websocket.ts';
import { lineUrl, makeWindowFolder, openFrom, startHost, tokenOf } from './loopback-pair.ts';
import { contractSuite } from './suite.ts';

let window: Awaited<ReturnType<typeof makeWindowFolder>>;
beforeAll(async () => {
  window = await makeWindowFolder();
});
afterAll(() => window.remove());

contractSuite('a loopback WebSocket', async (core, onUnexpected) => {
  const host = await startHost(core, window.folder, onUnexpected);
  const client = webSocketClient({
    url: lineUrl(host),
    token: tokenOf(host),
    open: openFrom(`http://127.0.0.1:${host.port}`),
  });
  return {
    client,
    close: async () => {
      client.close();
      await host.close();
    },
  };
});
