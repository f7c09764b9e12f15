import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { compressFromBytes } from '#shared/protocol/version.ts';

/** How a request goes out; a test gives a line that it holds in its own hands. */
export type SendRequest = (url: URL, request: RequestInit) => Promise<Response>;

const compress = promisify(brotliCompress);

/** Quality 4: nine tenths of what can be saved, for some microseconds a change. */
const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

/**
 * Sends as `fetch` does and asks for compressed answers, which `fetch` unpacks. A body goes compressed only
 * where an earlier answer said that such bodies are taken (RFC 7694): a region of an older program is never
 * sent one.
 */
export const compressedFetch = (): SendRequest => {
  const taken = new Set<string>();
  return async (url, request) => {
    const headers = new Headers(request.headers);
    headers.set('accept-encoding', 'br');
    let { body } = request;
    if (typeof body === 'string' && body.length >= compressFromBytes && taken.has(url.pathname)) {
      body = new Uint8Array(await compress(body, options));
      headers.set('content-encoding', 'br');
    }
    const response = await fetch(url, { ...request, headers, ...(body && { body }) });
    if (response.headers.get('accept-encoding') === 'br') taken.add(url.pathname);
    else taken.delete(url.pathname);
    return response;
  };
};

/** Far more than any answer of a region's: a small compressed body must not become endless. */
export const mostAnswerBytes = 64 * 1_048_576;

/** The whole of an answer as text; null when it has no end within the most that an answer may be. */
export const boundedText = async (
  response: Response,
  most: number = mostAnswerBytes,
): Promise<string | null> => {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const body = (response.body ?? []) as AsyncIterable<Uint8Array> | readonly Uint8Array[];
  // Leaving the loop cancels what is still to come.
  for await (const part of body) {
    bytes += part.byteLength;
    if (bytes > most) return null;
    parts.push(part);
  }
  return new TextDecoder().decode(Buffer.concat(parts, bytes));
};
