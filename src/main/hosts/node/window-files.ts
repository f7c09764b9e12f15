import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** A file of the built window, as it is sent. */
export type WindowFile = { readonly type: string; readonly read: () => Promise<Buffer> };

/** The path of a request, as `/assets/x.js`, to the file; nothing outside the map is ever read. */
export type WindowFiles = ReadonlyMap<string, WindowFile>;

/**
 * Lists the built window once. A request names a file only by being equal to a listed path, so there is
 * no path to climb out by; links are not followed.
 *
 * @returns null when the folder holds no built window
 */
export const listWindowFiles = async (folder: string): Promise<WindowFiles | null> => {
  const files = new Map<string, WindowFile>();
  const list = async (inside: string): Promise<void> => {
    const entries = await readdir(path.join(folder, ...inside.split('/')), { withFileTypes: true });
    for (const entry of entries) {
      const name = `${inside}/${entry.name}`;
      if (entry.isDirectory()) await list(name);
      const type = types.get(path.extname(entry.name));
      if (entry.isFile() && type !== undefined) {
        const file = path.join(folder, ...name.split('/'));
        files.set(encodeURI(name), { type, read: () => readFile(file) });
      }
    }
  };
  try {
    await list('');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const index = files.get('/index.html');
  if (index === undefined) return null;
  return files.set('/', index);
};

/** What a window is built of. Source maps and whatever else lies there are not sent. */
const types: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.webp', 'image/webp'],
  ['.woff2', 'font/woff2'],
]);

/**
 * Headers of everything a window is built of. What the people write is shown as text, and should a
 * mistake ever let markup through, the browser still runs nothing and sends nothing anywhere.
 *
 * @param connect where the page may open connections: to its own host, or nowhere
 */
export const windowHeaders = (connect: "'self'" | "'none'"): Readonly<Record<string, string>> => ({
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), usb=(), serial=(), hid=()',
  'Cache-Control': 'no-store',
});
