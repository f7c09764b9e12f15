import { MessageChannel } from 'node:worker_threads';
import { servePort } from '#main/hosts/electron/serve-port.ts';
import { portBridge } from '#preload/bridge.ts';
import { bridgeClient } from '#renderer/client/bridge.ts';
import { corePort, windowPort } from '../electron/ports.ts';
import { contractSuite } from './suite.ts';

contractSuite('the Electron bridge', async (core, onUnexpected) => {
  const { port1, port2 } = new MessageChannel();
  const end = servePort(core, corePort(port1), onUnexpected);
  const { bridge, connect } = portBridge();
  const client = bridgeClient(bridge);
  connect(windowPort(port2));
  return {
    client,
    close: async () => {
      client.close();
      end();
    },
  };
});
