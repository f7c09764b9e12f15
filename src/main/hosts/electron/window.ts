import { BrowserWindow, nativeTheme } from 'electron';
import { windowPage } from './window-protocol.ts';

export type WindowOptions = {
  /** The built preload file. */
  readonly preload: string;
  /** Keeps the window out of screenshots and shared screens, on Windows and macOS. */
  readonly contentProtection: boolean;
  readonly devTools: boolean;
};

/** The page of the two looks, so that nothing flashes before the page has drawn itself. */
const paper = { light: '#edf1f1', dark: '#0f161a' } as const;

/** Opens the program's window: a page in the sandbox, with the preload's two functions and no more. */
export const openWindow = ({
  preload,
  contentProtection,
  devTools,
}: WindowOptions): BrowserWindow => {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 800,
    minHeight: 560,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? paper.dark : paper.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      disableBlinkFeatures: 'Auxclick',
      spellcheck: true,
      devTools,
    },
  });
  window.setContentProtection(contentProtection);
  window.once('ready-to-show', () => window.show());
  // The core lives on; the page comes back and asks for a new port.
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload();
  });
  void window.loadURL(windowPage);
  return window;
};

/** Brings the window in front of a person who started the program again. */
export const showAgain = (window: BrowserWindow): void => {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
};
