import { timingSafeEqual, createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  callbackHeaders,
  callbackPage,
  type CallbackLanguage,
  type CallbackOutcome,
} from './callback-page.ts';

/** Waits on 127.0.0.1 for the browser to come back from the identity provider (RFC 8252, 7.3). */
export type CallbackListener = {
  readonly redirectUri: string;
  readonly close: () => void;
};

type ListenerParts = {
  readonly state: string;
  readonly language: CallbackLanguage;
  /** The one answer that carries our state. What it says becomes the page that the browser shows. */
  readonly onAnswer: (address: URL) => Promise<'done' | 'failed'>;
};

const path = '/callback';
/** Nobody has more to say than a code; a browser that says nothing is not waited for. */
const patienceMs = 10_000;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const equal = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

/**
 * Any page in the browser can send it here with a state of its own: such an answer is shown a plain page
 * and changes nothing. The first with our state is taken, and no other after it.
 */
export const listenForCallback = (parts: ListenerParts): Promise<CallbackListener> => {
  let taken = false;
  const server = createServer({ requestTimeout: patienceMs, headersTimeout: patienceMs });
  /** Lets what is being answered end. */
  const close = (): void => {
    server.close();
    server.closeIdleConnections();
  };

  const send = (response: ServerResponse, status: number, outcome: CallbackOutcome): void => {
    response.writeHead(status, callbackHeaders);
    response.end(callbackPage(outcome, parts.language));
  };

  const answer = async (
    request: IncomingMessage,
    response: ServerResponse,
    own: string,
  ): Promise<void> => {
    request.resume();
    const address = URL.canParse(request.url ?? '', own) ? new URL(request.url ?? '', own) : null;
    const isOurs =
      request.method === 'GET' &&
      request.headers.host === new URL(own).host &&
      address !== null &&
      address.origin === own &&
      address.pathname === path;
    if (!isOurs) return send(response, 404, 'foreign');
    const states = address.searchParams.getAll('state');
    const [state] = states;
    if (taken || states.length !== 1 || state === undefined || !equal(state, parts.state)) {
      return send(response, 400, 'foreign');
    }
    taken = true;
    close();
    const outcome = await parts.onAnswer(address);
    send(response, outcome === 'done' ? 200 : 400, outcome);
  };

  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0, exclusive: true }, () => {
      server.off('error', reject);
      // An empty listener: what breaks a connection ends it, and nothing else.
      server.on('error', () => {});
      const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      server.on('request', (request, response) => void answer(request, response, own));
      resolve({ redirectUri: `${own}${path}`, close });
    });
  });
};
