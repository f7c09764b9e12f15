import type { PreloadBridge } from '#shared/contract/bridge-line.ts';
import { contractPath, tokenField } from '#shared/contract/loopback-line.ts';
import type { ContractClient } from '#shared/contract/transport.ts';
import { bridgeClient } from './bridge.ts';
import { webSocketClient } from './websocket.ts';

/** The part of the browser's `window` that tells which host this is. */
export type HostingWindow = {
  /** There in Electron only. */
  readonly punos?: PreloadBridge;
  readonly location: { readonly host: string; readonly pathname: string; readonly hash: string };
  readonly history: { readonly replaceState: (data: null, unused: '', url: string) => void };
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem'>;
};

/**
 * Opens the line of whichever host the window lives in: the preload's bridge in Electron, otherwise the
 * loopback socket of the address the window came from.
 *
 * @returns null when the address carries no token: the window was opened without the printed address
 */
export const openContractClient = (page: HostingWindow): ContractClient | null => {
  if (page.punos !== undefined) return bridgeClient(page.punos);
  const token = takeToken(page);
  if (token === null) return null;
  return webSocketClient({ url: `ws://${page.location.host}${contractPath}`, token });
};

/**
 * Takes the token out of the address bar, where a shared screen would show it, and keeps it for this
 * tab alone, so that loading the page again works.
 */
const takeToken = (page: HostingWindow): string | null => {
  const given = new URLSearchParams(page.location.hash.slice(1)).get(tokenField);
  if (given === null || !tokenForm.test(given)) return page.sessionStorage.getItem(storedAs);
  page.sessionStorage.setItem(storedAs, given);
  page.history.replaceState(null, '', page.location.pathname);
  return given;
};

/** What the host makes; anything else could not travel as a subprotocol. */
const tokenForm = /^[A-Za-z0-9_-]{1,200}$/u;

const storedAs = 'punos.token';
