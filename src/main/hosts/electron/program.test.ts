import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { bridgeChannels } from '#shared/contract/bridge-line.ts';
import { bridgeClient } from '#renderer/client/bridge.ts';
import { portBridge } from '#preload/bridge.ts';
import { err, ok } from '#shared/lib/result.ts';
import * as electron from '../../../../tests/electron/electron.ts';
import { windowPort } from '../../../../tests/electron/ports.ts';
import { makeWindowFolder } from '../../../../tests/contract/loopback-pair.ts';
import { probeHost, rightAnswers } from '../../../../tests/contract/probe-host.ts';
import { runCoreMain, type ParentPortLike } from './core-main.ts';
import { startProgram } from './program.ts';

const {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  powerMonitor,
  protocol,
  session,
  shell,
  utilityProcess,
} = electron;

let window: Awaited<ReturnType<typeof makeWindowFolder>>;
let userData: string;

beforeAll(async () => {
  window = await makeWindowFolder();
  userData = await mkdtemp(path.join(tmpdir(), 'punos-user-data-'));
  // The program reads its settings file from here when it is not packed.
  app.setPath('userData', userData);
});
afterAll(async () => {
  await window.remove();
  await rm(userData, { recursive: true, force: true });
});
afterEach(() => {
  vi.useRealTimers();
  for (const emitter of [app, ipcMain, powerMonitor, session.defaultSession]) {
    emitter.removeAllListeners();
  }
  process.removeAllListeners('uncaughtException');
  app.asked.length = 0;
  app.isOnlyOne = true;
  dialog.shown.length = 0;
  BrowserWindow.opened.length = 0;
  utilityProcess.started.length = 0;
});

const start = (env: NodeJS.ProcessEnv = { PUNOS_REGION_URL: 'https://punos.example.fi' }) =>
  startProgram(
    { windowFolder: window.folder, preload: '/built/preload.cjs', coreMain: '/built/core-main.js' },
    env,
  );

const last = <T>(list: readonly T[]): T => {
  const item = list.at(-1);
  if (item === undefined) throw new Error('There is none yet.');
  return item;
};

const theWindow = () => last(BrowserWindow.opened);
const theCore = () => last(utilityProcess.started);

/** The page of a window says that it has loaded. */
const askForLine = (over: { sender?: unknown; senderFrame?: unknown } = {}): void => {
  const { webContents } = theWindow();
  ipcMain.emit(bridgeChannels.connect, {
    sender: webContents,
    senderFrame: webContents.mainFrame,
    ...over,
  });
};

describe('starting', () => {
  it('opens one sandboxed window on our own page, and the core in its own process', async () => {
    await start();
    expect(app.asked).toEqual(['sandbox', 'ready']);
    expect(theWindow().options.webPreferences).toMatchObject({
      preload: '/built/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
    });
    expect(theWindow().asked).toEqual(['load punos://app/']);
    theWindow().emit('ready-to-show');
    expect(theWindow().asked).toContain('show');
    const [first] = theCore().messages;
    expect(first?.message).toMatchObject({
      type: 'start',
      start: {
        regionUrl: 'https://punos.example.fi',
        dataFolder: path.join(userData, 'case-files'),
        keyChainSecret: expect.any(Uint8Array),
      },
    });
    expect(Object.keys(theCore().env).filter((name) => /^(NODE_|ELECTRON_)/u.test(name))).toEqual(
      [],
    );
  });

  it('leaves the work to the program that runs already, which comes forward', async () => {
    app.isOnlyOne = false;
    await start();
    expect(app.asked).toEqual(['quit', 'ended']);
    expect(BrowserWindow.opened).toEqual([]);
    app.isOnlyOne = true;
    await start();
    theWindow().minimized = true;
    app.emit('second-instance');
    expect(theWindow().asked.slice(1)).toEqual(['restore', 'show', 'focus']);
  });

  it('says in the person’s language what hinders it, and where', async () => {
    for (const [locale, title] of [
      ['fi-FI', 'Punosta ei ole otettu käyttöön tällä tietokoneella'],
      ['sv-FI', 'Punos har inte tagits i bruk på den här datorn'],
      ['en-GB', 'Punos has not been set up on this computer'],
      ['de-DE', 'Punosta ei ole otettu käyttöön tällä tietokoneella'],
    ] as const) {
      app.locale = locale;
      await start({});
      expect(last(dialog.shown).title).toBe(title);
      expect(last(dialog.shown).text).toContain('punos.json');
      expect(last(app.asked)).toBe('exit 1');
    }
    app.locale = 'fi-FI';
    expect(utilityProcess.started).toEqual([]);
  });

  it('takes no region in the clear, nor settings that it does not know', async () => {
    const file = path.join(userData, 'punos.json');
    for (const text of [
      '{',
      '[]',
      '"x"',
      'null',
      '{"regionUrl":"http://punos.example.fi"}',
      '{"regionUrl":"file:///etc/passwd"}',
      '{"regionUrl":"https://punos.example.fi","updateUrl":"http://punos.example.fi"}',
      '{"regionUrl":"https://punos.example.fi","lockAfterMinutes":-1}',
      '{"regionUrl":"https://punos.example.fi","allowAll":true}',
    ]) {
      await writeFile(file, text);
      await start({});
      expect(last(app.asked), text).toBe('exit 1');
    }
    await writeFile(file, '{"regionUrl":"https://punos.example.fi","contentProtection":true}');
    await start({});
    expect(theWindow().protectedContent).toBe(true);
    await rm(file);
  });
});

describe('the window', () => {
  it('gets its files by our own protocol, with the policy that lets nothing out', async () => {
    await start();
    const serve = protocol.handlers.get('punos');
    if (serve === undefined) throw new Error('Nobody serves punos:.');
    const index = await serve({ url: 'punos://app/', method: 'GET' });
    expect(await index.text()).toContain('<title>Punos</title>');
    expect(index.headers.get('content-security-policy')).toContain("connect-src 'none'");
    expect(index.headers.get('content-security-policy')).toContain("default-src 'none'");
    const status = async (url: string, method = 'GET') => (await serve({ url, method })).status;
    expect(await status('punos://app/assets/index-1.js')).toBe(200);
    expect(await status('punos://app/../secret.txt')).toBe(404);
    expect(await status('punos://app/%2e%2e/secret.txt')).toBe(404);
    expect(await status('punos://app/..%5c..%2fsecret.txt')).toBe(404);
    expect(await status('punos://elsewhere/')).toBe(421);
    expect(await status('punos://app/', 'POST')).toBe(405);
  });

  it('stays on its page, opens nothing and is granted nothing', async () => {
    await start();
    const { webContents } = theWindow();
    const prevented = (event: string, url: string): boolean => {
      const preventDefault = vi.fn<() => void>();
      webContents.emit(event, { url, preventDefault });
      return preventDefault.mock.calls.length > 0;
    };
    for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
      for (const url of [
        'https://evil.example/',
        'file:///etc/passwd',
        'punos://app/x',
        'javascript:1',
      ]) {
        expect(prevented(event, url)).toBe(true);
      }
      expect(prevented(event, 'punos://app/')).toBe(false);
    }
    expect(prevented('will-attach-webview', '')).toBe(true);
    expect(webContents.openHandler({ url: 'https://evil.example/' })).toEqual({ action: 'deny' });

    const { handlers } = session.defaultSession;
    const answer = vi.fn<(granted: boolean) => void>();
    handlers['permission']?.(...([null, 'media', answer] as never[]));
    expect(answer).toHaveBeenCalledWith(false);
    expect(handlers['check']?.()).toBe(false);
    expect(handlers['device']?.()).toBe(false);
    const cancelled = (url: string): unknown => {
      const decide = vi.fn<(decision: { readonly cancel: boolean }) => void>();
      handlers['request']?.(...([{ url }, decide] as never[]));
      return decide.mock.calls[0]?.[0];
    };
    expect(cancelled('https://evil.example/x.png')).toEqual({ cancel: true });
    expect(cancelled('punos://app.evil.example/')).toEqual({ cancel: true });
    expect(cancelled('punos://app/assets/index-1.js')).toEqual({ cancel: false });
    // No dictionary is fetched from anywhere.
    expect(session.defaultSession.dictionaries).toMatch(/^punos:\/\/app\//u);
  });

  it('comes back when its page has crashed', async () => {
    await start();
    theWindow().webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(theWindow().webContents.reloads).toBe(1);
  });
});

describe('the line', () => {
  it('is given to the main frame of our own page, and to nobody else in 10,000 attempts', async () => {
    await start();
    const { webContents } = theWindow();
    const strangers: { sender?: unknown; senderFrame?: unknown }[] = [
      { senderFrame: null },
      { senderFrame: new electron.Frame('punos://app') },
      { senderFrame: new electron.Frame('https://evil.example') },
      { sender: new electron.WebContents() },
      { sender: null, senderFrame: undefined },
    ];
    for (let attempt = 0; attempt < 10_000; attempt += 1) {
      askForLine(strangers[attempt % strangers.length]);
    }
    for (const origin of ['https://evil.example', 'file://', 'null', 'punos://app.evil', '']) {
      webContents.mainFrame.origin = origin;
      askForLine();
    }
    expect(webContents.sent).toEqual([]);
    expect(theCore().messages).toHaveLength(1);

    webContents.mainFrame.origin = 'punos://app';
    askForLine();
    expect(webContents.sent.map((sent) => sent.channel)).toEqual([bridgeChannels.port]);
    expect(theCore().messages.map(({ message }) => message.type)).toEqual(['start', 'window']);
  });

  it('carries calls to the core, breaks with it, and stands again with the next', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await start();
    /** Runs the core's own entry on what the main process sent to the child that began last. */
    const core = probeHost({ 'sync.now': () => new Promise(() => {}) });
    const runCore = (): void => {
      const handlers: Parameters<ParentPortLike['on']>[1][] = [];
      runCoreMain({
        parentPort: {
          on: (_event, listener) => handlers.push(listener),
          postMessage: () => {},
        },
        startCore: () => ({ ...core, close: () => Promise.resolve() }),
        exit: () => {},
        log: () => {},
      });
      for (const { message, ports } of theCore().messages) {
        handlers[0]?.({ data: message, ports });
      }
    };
    const { bridge, connect, lose } = portBridge();
    const client = bridgeClient(bridge);
    let reconnected = 0;
    client.onReconnect(() => (reconnected += 1));
    /** Plays Electron's part between main process and preload. */
    const carry = (): void => {
      const { channel, ports } = last(theWindow().webContents.sent);
      if (channel === bridgeChannels.lost) lose();
      else if (ports[0] !== undefined) connect(windowPort(ports[0].inner));
    };

    const early = client.call('session.state', {});
    askForLine();
    runCore();
    carry();
    expect(await early).toEqual(ok(rightAnswers['session.state']));

    const underWay = client.call('sync.now', {});
    theCore().emit('exit', 11);
    carry();
    expect(await underWay).toEqual(err({ code: 'connection-lost' }));
    expect(await client.call('session.state', {})).toEqual(err({ code: 'connection-lost' }));

    expect(utilityProcess.started).toHaveLength(1);
    vi.advanceTimersByTime(0);
    expect(utilityProcess.started).toHaveLength(2);
    runCore();
    carry();
    expect(await client.call('session.state', {})).toEqual(ok(rightAnswers['session.state']));
    expect(reconnected).toBe(1);
    client.close();
  });

  it('opens the system’s browser for the core, on a page of the web alone', async () => {
    await start();
    const child = theCore();
    let fromMain: Parameters<ParentPortLike['on']>[1] = () => {};
    let open: ((url: string) => Promise<boolean>) | null = null;
    runCoreMain({
      parentPort: {
        on: (_event, listener) => (fromMain = listener),
        postMessage: (message) => child.emit('message', message),
      },
      startCore: (_start, openBrowser) => {
        open = openBrowser;
        return { ...probeHost(), close: () => Promise.resolve() };
      },
      exit: () => {},
      log: () => {},
    });
    let heard = 0;
    const carry = (): void => {
      for (const { message, ports } of child.messages.slice(heard)) {
        fromMain({ data: message, ports });
      }
      heard = child.messages.length;
    };
    carry();
    const ask = async (url: string): Promise<boolean | undefined> => {
      const answer = open?.(url);
      await expect.poll(() => child.messages.length).toBeGreaterThan(heard);
      carry();
      return answer;
    };
    shell.opened.length = 0;
    expect(await ask('https://id.example.fi/auth?x=1')).toBe(true);
    expect(await ask('http://127.0.0.1:4000/auth')).toBe(true);
    expect(shell.opened).toEqual(['https://id.example.fi/auth?x=1', 'http://127.0.0.1:4000/auth']);
    for (const url of [
      'http://id.example.fi/auth',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'ms-msdt:/id',
      'mailto:a@b.fi',
      'https://id.example.fi@evil.example/',
      '\\\\host\\share',
      '',
    ]) {
      expect(await ask(url), url).toBe(false);
    }
    expect(shell.opened).toHaveLength(2);
    shell.hasBrowser = false;
    expect(await ask('https://id.example.fi/auth')).toBe(false);
    shell.hasBrowser = true;
  });

  it('restarts a core that keeps falling ever more slowly', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    await start();
    for (const pause of [0, 1_000, 5_000, 15_000, 30_000, 30_000]) {
      const before = utilityProcess.started.length;
      theCore().emit('exit', 11);
      vi.advanceTimersByTime(Math.max(pause - 1, 0));
      expect(utilityProcess.started).toHaveLength(pause === 0 ? before + 1 : before);
      vi.advanceTimersByTime(1);
      expect(utilityProcess.started).toHaveLength(before + 1);
    }
    vi.advanceTimersByTime(60_000);
    theCore().emit('exit', 11);
    const before = utilityProcess.started.length;
    vi.advanceTimersByTime(0);
    expect(utilityProcess.started).toHaveLength(before + 1);
  });
});

describe('leaving', () => {
  const locks = () => theCore().messages.filter(({ message }) => message.type === 'lock').length;

  it('locks when the screen is locked, the computer sleeps or the menu says so', async () => {
    await start();
    let expected = 0;
    for (const event of ['suspend', 'lock-screen', 'shutdown', 'user-did-resign-active']) {
      powerMonitor.emit(event);
      expect(locks()).toBe((expected += 1));
    }
    const [program] = Menu.current as { submenu: { click?: () => void }[] }[];
    program?.submenu[0]?.click?.();
    expect(locks()).toBe(expected + 1);
  });

  it('locks once when nobody has touched the computer for ten minutes', async () => {
    vi.useFakeTimers();
    await start();
    const idle = (seconds: number): void => {
      powerMonitor.idleSeconds = seconds;
      vi.advanceTimersByTime(10_000);
    };
    idle(599);
    expect(locks()).toBe(0);
    idle(600);
    idle(610);
    expect(locks()).toBe(1);
    idle(0);
    idle(601);
    expect(locks()).toBe(2);
    powerMonitor.idleSeconds = 0;
  });

  it('ends when the core has finished what it was writing, and not before', async () => {
    await start();
    app.emit('window-all-closed');
    expect(app.asked).not.toContain('ended');
    expect(last(theCore().messages).message.type).toBe('close');
    app.quit();
    theCore().emit('exit', 0);
    await expect.poll(() => app.asked).toContain('ended');
    expect(theCore().messages.filter(({ message }) => message.type === 'close')).toHaveLength(1);
    expect(utilityProcess.started).toHaveLength(1);
    expect(app.asked).toContain('ended');
  });

  it('waits ten seconds for a core that hangs, and no longer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await start();
    const core = theCore();
    const exited = once(core, 'exit');
    app.quit();
    vi.advanceTimersByTime(9_999);
    expect(core.killed).toBe(false);
    vi.advanceTimersByTime(1);
    await exited;
    expect(core.killed).toBe(true);
  });
});

it('has a menu in three languages with the same commands', async () => {
  const roles = (menu: unknown): unknown =>
    JSON.parse(
      JSON.stringify(menu, (key, value: unknown) => (key === 'label' ? undefined : value)),
    );
  const menus: unknown[] = [];
  for (const locale of ['fi', 'sv-FI', 'en-US']) {
    app.locale = locale;
    await start();
    menus.push(Menu.current);
  }
  app.locale = 'fi-FI';
  expect(roles(menus[1])).toEqual(roles(menus[0]));
  expect(roles(menus[2])).toEqual(roles(menus[0]));
  expect(new Set(menus.map((menu) => JSON.stringify(menu))).size).toBe(3);
  expect(await readFile(path.join(userData, 'key-chain.bin'), 'utf8')).toMatch(/^aino:/u);
});
