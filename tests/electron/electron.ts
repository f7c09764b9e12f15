import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';

/**
 * A stand-in of Electron, as far as the Electron host uses it, for tests in plain Node, where the real
 * one cannot be loaded. It remembers what was asked of it and lets the test play the system's part.
 */

type Answerer = (...args: never[]) => unknown;

export class MessagePortMain extends EventEmitter {
  readonly inner: MessagePort;
  constructor(inner: MessagePort) {
    super();
    this.inner = inner;
    inner.on('close', () => this.emit('close'));
  }
  start(): void {
    this.inner.on('message', (data: unknown) => this.emit('message', { data }));
  }
  postMessage(text: string): void {
    this.inner.postMessage(text);
  }
  close(): void {
    this.inner.close();
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;
  constructor() {
    const channel = new MessageChannel();
    this.port1 = new MessagePortMain(channel.port1);
    this.port2 = new MessagePortMain(channel.port2);
  }
}

export class Frame {
  origin: string;
  constructor(origin: string) {
    this.origin = origin;
  }
}

export class WebContents extends EventEmitter {
  mainFrame = new Frame('punos://app');
  readonly sent: { readonly channel: string; readonly ports: readonly MessagePortMain[] }[] = [];
  reloads = 0;
  openHandler: (details: { readonly url: string }) => { readonly action: string } = () => ({
    action: 'allow',
  });
  setWindowOpenHandler(handler: WebContents['openHandler']): void {
    this.openHandler = handler;
  }
  postMessage(channel: string, _message: null, ports: readonly MessagePortMain[]): void {
    this.sent.push({ channel, ports });
  }
  send(channel: string): void {
    this.sent.push({ channel, ports: [] });
  }
  reload(): void {
    this.reloads += 1;
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly opened: BrowserWindow[] = [];
  readonly options: { readonly show: boolean; readonly webPreferences: Record<string, unknown> };
  readonly webContents = new WebContents();
  readonly asked: string[] = [];
  minimized = false;
  destroyed = false;
  protectedContent: boolean | undefined;
  constructor(options: BrowserWindow['options']) {
    super();
    this.options = options;
    BrowserWindow.opened.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  setContentProtection(on: boolean): void {
    this.protectedContent = on;
  }
  loadURL(url: string): Promise<void> {
    this.asked.push(`load ${url}`);
    return Promise.resolve();
  }
  show(): void {
    this.asked.push('show');
  }
  focus(): void {
    this.asked.push('focus');
  }
  restore(): void {
    this.asked.push('restore');
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
}

export class UtilityProcess extends EventEmitter {
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
  readonly messages: {
    readonly message: { readonly type: string };
    readonly ports: readonly MessagePortMain[];
  }[] = [];
  killed = false;
  constructor(file: string, env: Readonly<Record<string, string>>) {
    super();
    this.file = file;
    this.env = env;
  }
  postMessage(message: { readonly type: string }, ports: readonly MessagePortMain[] = []): void {
    this.messages.push({ message, ports });
  }
  kill(): boolean {
    this.killed = true;
    this.emit('exit', 143);
    return true;
  }
}

export const utilityProcess = {
  started: [] as UtilityProcess[],
  fork(
    file: string,
    _args: readonly string[],
    options: { readonly env: Readonly<Record<string, string>> },
  ): UtilityProcess {
    const child = new UtilityProcess(file, options.env);
    utilityProcess.started.push(child);
    return child;
  },
};

class App extends EventEmitter {
  isPackaged = false;
  locale = 'fi-FI';
  isOnlyOne = true;
  readonly paths = new Map<string, string>();
  readonly asked: string[] = [];
  requestSingleInstanceLock(): boolean {
    return this.isOnlyOne;
  }
  enableSandbox(): void {
    this.asked.push('sandbox');
  }
  whenReady(): Promise<void> {
    this.asked.push('ready');
    return Promise.resolve();
  }
  getLocale(): string {
    return this.locale;
  }
  getPath(name: string): string {
    const found = this.paths.get(name);
    if (found === undefined) throw new Error(`The test gave no path for ${name}.`);
    return found;
  }
  setPath(name: string, folder: string): void {
    this.paths.set(name, folder);
  }
  quit(): void {
    this.asked.push('quit');
    let prevented = false;
    this.emit('before-quit', { preventDefault: () => (prevented = true) });
    if (!prevented) this.asked.push('ended');
  }
  exit(code: number): void {
    this.asked.push(`exit ${code}`);
  }
}
export const app = new App();

/** The system's browser, as far as it goes. */
export const shell = {
  opened: [] as string[],
  hasBrowser: true,
  openExternal: async (url: string): Promise<void> => {
    if (!shell.hasBrowser) throw new Error('no browser');
    shell.opened.push(url);
  },
};

export const ipcMain = new EventEmitter();
export const nativeTheme = { shouldUseDarkColors: false };

class PowerMonitor extends EventEmitter {
  idleSeconds = 0;
  getSystemIdleTime(): number {
    return this.idleSeconds;
  }
}
export const powerMonitor = new PowerMonitor();

export const dialog = {
  shown: [] as { readonly title: string; readonly text: string }[],
  showErrorBox(title: string, text: string): void {
    dialog.shown.push({ title, text });
  },
};

export const Menu = {
  current: null as unknown,
  buildFromTemplate: (template: unknown): unknown => template,
  setApplicationMenu(menu: unknown): void {
    Menu.current = menu;
  },
};

export const protocol = {
  schemes: [] as unknown[],
  handlers: new Map<string, (request: { url: string; method: string }) => Promise<Response>>(),
  registerSchemesAsPrivileged(schemes: readonly unknown[]): void {
    protocol.schemes.push(...schemes);
  },
  handle(
    scheme: string,
    handler: (request: { url: string; method: string }) => Promise<Response>,
  ): void {
    protocol.handlers.set(scheme, handler);
  },
};

/** A key chain that turns texts about, so that a test sees whether something passed through it. */
export const safeStorage = {
  available: true,
  backend: 'gnome_libsecret',
  account: 'aino',
  isAsyncEncryptionAvailable: (): Promise<boolean> => Promise.resolve(safeStorage.available),
  getSelectedStorageBackend: (): string => safeStorage.backend,
  encryptStringAsync: (text: string): Promise<Buffer> =>
    Promise.resolve(Buffer.from(`${safeStorage.account}:${[...text].toReversed().join('')}`)),
  decryptStringAsync: async (wrapped: Buffer): Promise<{ result: string }> => {
    const [account, text] = wrapped.toString().split(':');
    if (account !== safeStorage.account || text === undefined) throw new Error('not ours');
    return { result: [...text].toReversed().join('') };
  },
};

export class Session extends EventEmitter {
  handlers: Record<string, Answerer | null> = {};
  spelling: string[] = [];
  spellingOn: boolean | undefined;
  dictionaries: string | undefined;
  availableSpellCheckerLanguages = ['sv', 'en-GB', 'en-US'];
  readonly webRequest = {
    onBeforeRequest: (handler: Answerer): void => void (this.handlers['request'] = handler),
  };
  setPermissionRequestHandler(handler: Answerer): void {
    this.handlers['permission'] = handler;
  }
  setPermissionCheckHandler(handler: Answerer): void {
    this.handlers['check'] = handler;
  }
  setDevicePermissionHandler(handler: Answerer): void {
    this.handlers['device'] = handler;
  }
  setDisplayMediaRequestHandler(handler: Answerer | null): void {
    this.handlers['display'] = handler;
  }
  setSpellCheckerDictionaryDownloadURL(url: string): void {
    this.dictionaries = url;
  }
  setSpellCheckerEnabled(on: boolean): void {
    this.spellingOn = on;
  }
  setSpellCheckerLanguages(languages: string[]): void {
    this.spelling = languages;
  }
}
export const session = { defaultSession: new Session() };

export const contextBridge = {
  exposed: new Map<string, unknown>(),
  exposeInMainWorld(name: string, api: unknown): void {
    contextBridge.exposed.set(name, api);
  },
};

class IpcRenderer extends EventEmitter {
  readonly sent: string[] = [];
  send(channel: string): void {
    this.sent.push(channel);
  }
}
export const ipcRenderer = new IpcRenderer();
