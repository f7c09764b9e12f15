import { memoryClient } from '#renderer/client/memory.ts';
import { contractSuite } from './suite.ts';

contractSuite('memory', async (host, onUnexpected) => {
  const client = memoryClient(host, onUnexpected);
  return { client, close: async () => client.close() };
});
