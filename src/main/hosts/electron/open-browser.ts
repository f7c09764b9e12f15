import { shell } from 'electron';

const local = /^(127\.0\.0\.1|\[::1\]|localhost)$/u;

/** A page of the web, encrypted on its way; never a file, a program or a mail. */
const mayOpen = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && local.test(hostname));
};

/** Shows an address in the system's browser. @returns whether it was shown */
export const openBrowser = async (url: string): Promise<boolean> => {
  if (!mayOpen(url)) return false;
  try {
    await shell.openExternal(url);
    return true;
  } catch {
    // A system without a browser: the person reads the address in the window.
    return false;
  }
};
