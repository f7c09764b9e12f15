import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { contractProtocol, tokenProtocolPrefix } from '#shared/contract/loopback-line.ts';

/**
 * Who knocks. Any page in the same browser can reach 127.0.0.1, and a foreign name can be made to point
 * there, so both the name that was asked for and the page that asks must be exactly our own.
 */

/** The one address under which the host answers. No `localhost`: a name can point elsewhere. */
export const ownAddress = (port: number): string => `127.0.0.1:${port}`;

export const asksForUs = (headers: IncomingHttpHeaders, port: number): boolean =>
  headers.host === ownAddress(port);

/** Browsers always name the page's origin when it opens a WebSocket; without one it is no window of ours. */
export const isOurPage = (headers: IncomingHttpHeaders, port: number): boolean =>
  headers.origin === `http://${ownAddress(port)}`;

/** The subprotocols that the visitor offers. */
export const offeredProtocols = (headers: IncomingHttpHeaders): readonly string[] =>
  (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());

export const speaksContract = (headers: IncomingHttpHeaders): boolean =>
  offeredProtocols(headers).includes(contractProtocol);

export const holdsToken = (headers: IncomingHttpHeaders, token: string): boolean => {
  const given = offeredProtocols(headers).find((name) => name.startsWith(tokenProtocolPrefix));
  return given !== undefined && equal(given.slice(tokenProtocolPrefix.length), token);
};

/** Digests are equally long, so that the comparison's time tells nothing of the token. */
const equal = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
