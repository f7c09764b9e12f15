import type { Session, WebContents } from 'electron';
import { windowOrigin } from '#shared/contract/bridge-line.ts';
import { windowPage } from './window-protocol.ts';

/**
 * What every page of the program is held to, also one that a mistake would open: it stays where it is,
 * opens nothing and embeds nothing.
 */
export const guardContents = (contents: WebContents): void => {
  const stay = (event: { readonly url: string; readonly preventDefault: () => void }): void => {
    if (event.url !== windowPage) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
};

/** No camera, no place, no clipboard reading, no devices, and no address but our own. */
export const guardSession = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.webRequest.onBeforeRequest((details, answer) => {
    const own = details.url.startsWith(`${windowOrigin}/`);
    answer({ cancel: !own && !/^(devtools|data|blob):/u.test(details.url) });
  });
  session.on('will-download', (event) => event.preventDefault());
  chooseSpelling(session);
};

/**
 * Windows and macOS check the spelling of Finnish themselves. Chromium has no Finnish dictionary, and
 * fetches those it has from a foreign server, which a program for client records does not do.
 */
const chooseSpelling = (session: Session): void => {
  session.setSpellCheckerDictionaryDownloadURL(`${windowPage}dictionaries/`);
  session.setSpellCheckerEnabled(process.platform !== 'linux');
  if (process.platform !== 'win32') return;
  const known = new Set(session.availableSpellCheckerLanguages);
  // A language that the list lacks is an error there.
  session.setSpellCheckerLanguages(['fi', 'sv', 'en-GB'].filter((language) => known.has(language)));
};
