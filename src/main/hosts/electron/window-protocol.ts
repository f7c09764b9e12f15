import { protocol } from 'electron';
import { windowOrigin } from '#shared/contract/bridge-line.ts';
import { windowHeaders, type WindowFiles } from '../node/window-files.ts';

const { protocol: schemeAndColon, host } = new URL(windowOrigin);
const scheme = schemeAndColon.slice(0, -1);

/** The page that the window opens. */
export const windowPage = `${windowOrigin}/`;

/** Must run before the program is ready. A standard, secure scheme has an origin of its own. */
export const declareWindowScheme = (): void => {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
};

/** Serves the built window under `punos://app/`, and nothing else under any address. */
export const serveWindowFiles = (files: WindowFiles): void => {
  protocol.handle(scheme, (request) => answerWindowRequest(files, request));
};

export const answerWindowRequest = async (
  files: WindowFiles,
  request: { readonly url: string; readonly method: string },
): Promise<Response> => {
  const headers = windowHeaders("'none'");
  const refused = (status: number): Response => new Response(null, { status, headers });
  const url = new URL(request.url);
  if (url.host !== host) return refused(421);
  if (request.method !== 'GET') return refused(405);
  const file = files.get(url.pathname);
  if (file === undefined) return refused(404);
  return new Response(new Uint8Array(await file.read()), {
    headers: { ...headers, 'Content-Type': file.type },
  });
};
