import './no-eval.ts';

export { bridgeClient } from './bridge.ts';
export { memoryClient } from './memory.ts';
export { openContractClient, type HostingWindow } from './open-client.ts';
export { webSocketClient } from './websocket.ts';
