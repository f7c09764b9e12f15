import path from 'node:path';
import { app, dialog, Menu, session, type BrowserWindow } from 'electron';
import { listWindowFiles } from '../node/window-files.ts';
import { connectWindow, type WindowLine } from './connect-window.ts';
import { startCoreProcess, type CoreProcess } from './core-process.ts';
import { guardContents, guardSession } from './guard-contents.ts';
import { keyChainSecret } from './key-chain.ts';
import { menuTemplate } from './menu.ts';
import { openBrowser } from './open-browser.ts';
import { lockWhenLeft } from './power-events.ts';
import { readSettings } from './settings.ts';
import { followUpdates } from './updates.ts';
import { declareWindowScheme, serveWindowFiles } from './window-protocol.ts';
import { openWindow, showAgain } from './window.ts';
import { wordsFor } from './words.ts';

export type BuiltFiles = {
  readonly windowFolder: string;
  readonly preload: string;
  readonly coreMain: string;
};

/** Starts the desktop program: one of it per person, one window, the core in a process of its own. */
export const startProgram = async (built: BuiltFiles, env: NodeJS.ProcessEnv): Promise<void> => {
  // Another data folder is another desk: two of them may run beside each other.
  const dataFolder = env['PUNOS_DATA_FOLDER'];
  if (dataFolder !== undefined) app.setPath('userData', path.resolve(dataFolder));
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  declareWindowScheme();
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
  let window: BrowserWindow | null = null;
  app.on('second-instance', () => {
    if (window !== null) showAgain(window);
  });
  await app.whenReady();

  const words = wordsFor(app.getLocale());
  const stop = (title: string, text: string): void => {
    dialog.showErrorBox(title, text);
    app.exit(1);
  };
  const settings = await readSettings(settingsFile(), env);
  if (!settings.ok)
    return stop(words.noRegionTitle, `${words.noRegion}\n\n${settings.error.where}`);
  const files = await listWindowFiles(built.windowFolder);
  if (files === null) return stop(words.noWindowTitle, words.noWindow);
  const secret = await keyChainSecret(app.getPath('userData'));
  // Case files that need the key chain say so when they are opened, and those that do not still open.
  if (!secret.ok) log(secret.error.code);

  guardSession(session.defaultSession);
  serveWindowFiles(files);
  let line: WindowLine | null = null;
  const core = startCoreProcess({
    file: built.coreMain,
    start: {
      dataFolder: path.join(app.getPath('userData'), 'case-files'),
      regionUrl: settings.value.regionUrl,
      keyChainSecret: secret.ok ? secret.value : null,
    },
    onLost: () => line?.lose(),
    onRestarted: () => line?.restore(),
    openBrowser,
  });
  endWithCore(core);

  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(words, { lock: core.lock })));
  lockWhenLeft({ idleSeconds: settings.value.lockAfterMinutes * 60, lock: core.lock });
  window = openWindow({
    preload: built.preload,
    contentProtection: settings.value.contentProtection,
    devTools: !app.isPackaged,
  });
  line = connectWindow(window, core.openPort);
  window.on('closed', () => {
    line?.close();
    window = null;
  });
  if (app.isPackaged) followUpdates(settings.value.updateUrl, process.platform, log);
};

/** Beside the packed program, where only an administrator writes. */
const settingsFile = (): string =>
  path.join(app.isPackaged ? process.resourcesPath : app.getPath('userData'), 'punos.json');

/** The program ends when the core has finished what it was writing. */
const endWithCore = (core: CoreProcess): void => {
  let ended = false;
  const finish = async (): Promise<void> => {
    await core.close();
    ended = true;
    app.quit();
  };
  app.on('before-quit', (event) => {
    if (ended) return;
    event.preventDefault();
    void finish();
  });
  app.on('window-all-closed', () => app.quit());
  process.on('uncaughtException', (error) => {
    // The window lives by this process: better to end in order than to go on half alive.
    log(`The main process failed: ${error.stack ?? error.name}`);
    app.quit();
  });
};

const log = (line: string): void => void process.stderr.write(`${line}\n`);
