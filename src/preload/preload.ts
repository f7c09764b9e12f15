import { contextBridge, ipcRenderer } from 'electron';
import { bridgeChannels, bridgeName, windowOrigin } from '#shared/contract/bridge-line.ts';
import { portBridge, type PortLike } from './bridge.ts';

// The one file that runs beside the page, in its own world and in the sandbox. The page gets two
// functions that carry text, and nothing of Electron. A page that is not ours gets nothing at all.
const here = globalThis as unknown as { readonly location: { readonly origin: string } };

if (here.location.origin === windowOrigin) {
  const { bridge, connect, lose } = portBridge();
  ipcRenderer.on(bridgeChannels.port, (event) => {
    // This environment has no DOM types, and Electron names the DOM's port here.
    const [port] = event.ports as unknown as readonly PortLike[];
    if (port !== undefined) connect(port);
  });
  ipcRenderer.on(bridgeChannels.lost, () => lose());
  contextBridge.exposeInMainWorld(bridgeName, bridge);
  ipcRenderer.send(bridgeChannels.connect);
}
