import { ipcMain, type BrowserWindow, type IpcMainEvent, type MessagePortMain } from 'electron';
import { bridgeChannels, windowOrigin } from '#shared/contract/bridge-line.ts';

export type WindowLine = {
  /** The core has ended: calls under way get no answer. */
  readonly lose: () => void;
  /** A core runs again: the page gets a port to it. */
  readonly restore: () => void;
  readonly close: () => void;
};

/**
 * Gives a window's page its line to the core. The page asks once it has loaded, and only the main frame
 * of our own window, showing our own origin, is answered; whoever holds the port needs no further
 * check of who is there, only of what is said, and that the core does.
 */
export const connectWindow = (
  window: BrowserWindow,
  openPort: () => MessagePortMain,
): WindowLine => {
  let asked = false;

  const give = (): void => {
    if (!asked || window.isDestroyed()) return;
    window.webContents.postMessage(bridgeChannels.port, null, [openPort()]);
  };
  const answer = (event: IpcMainEvent): void => {
    if (!isOurPage(window, event)) return;
    asked = true;
    give();
  };

  ipcMain.on(bridgeChannels.connect, answer);
  return {
    lose: () => {
      if (asked && !window.isDestroyed()) window.webContents.send(bridgeChannels.lost);
    },
    restore: give,
    close: () => void ipcMain.off(bridgeChannels.connect, answer),
  };
};

const isOurPage = (window: BrowserWindow, event: IpcMainEvent): boolean => {
  if (window.isDestroyed() || event.sender !== window.webContents) return false;
  const frame = event.senderFrame;
  // A frame that has gone elsewhere since is null.
  return frame !== null && frame === window.webContents.mainFrame && frame.origin === windowOrigin;
};
