import type { FromCore } from './core-messages.ts';

/** Opens an address in the system's browser; false when it could not. */
export type OpenBrowser = (url: string) => Promise<boolean>;

/** The core's end of asking the main process for the system's browser. */
export const askForBrowser = (
  send: (message: FromCore) => void,
): { readonly open: OpenBrowser; readonly hear: (id: number, opened: boolean) => void } => {
  const waiting = new Map<number, (opened: boolean) => void>();
  let asked = 0;
  return {
    open: (url) =>
      new Promise((resolve) => {
        asked += 1;
        waiting.set(asked, resolve);
        send({ type: 'open-browser', id: asked, url });
      }),
    hear: (id, opened) => {
      waiting.get(id)?.(opened);
      waiting.delete(id);
    },
  };
};
