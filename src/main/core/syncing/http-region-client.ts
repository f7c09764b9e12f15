import type { z } from 'zod';
import WebSocket from 'ws';
import { err, ok, type Result } from '#shared/lib/result.ts';
import {
  onlineCalls,
  type OnlineCallName,
  type OnlineOutput,
} from '#shared/protocol/online/online-calls.ts';
import { liveMessage } from '#shared/protocol/live.ts';
import { pushResponse } from '#shared/protocol/push.ts';
import { readPage } from '#shared/protocol/read-page.ts';
import {
  errorResponse,
  refreshResponse,
  signInResponse,
  signInWays,
} from '#shared/protocol/session.ts';
import { useLogResponse } from '#shared/protocol/use-log.ts';
import { boundedText, compressedFetch, type SendRequest } from './compressed-fetch.ts';
import type { RegionClient, RegionTrouble } from './region-client.ts';

/** Longer than the slowest page on the slowest line we serve; a stalled connection ends by it. */
const patienceMs = 60_000;
/** For what the other thread waits for, or a person before they have signed in. */
const shortPatienceMs = 15_000;

type Ask = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly patienceMs?: number;
};

const secondsOf = (header: string | null): number | undefined => {
  const seconds = Number(header);
  return header !== null && Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
};

const serverTrouble = (failed: boolean, retryAfterSeconds: number | undefined): RegionTrouble => ({
  kind: 'server-trouble',
  ...(failed ? { failed } : {}),
  ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
});

const refusal = (body: unknown, retryAfter: string | null): RegionTrouble => {
  const parsed = errorResponse.safeParse(body);
  if (!parsed.success) return { kind: 'not-a-region' };
  const seconds = parsed.data.retryAfterSeconds ?? secondsOf(retryAfter);
  if (parsed.data.code === 'unavailable' || parsed.data.code === 'internal') {
    return serverTrouble(parsed.data.code === 'internal', seconds);
  }
  const { code, path, problem } = parsed.data;
  return {
    kind: 'refused',
    code,
    ...(path === undefined ? {} : { path }),
    ...(problem === undefined ? {} : { problem }),
    ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
  };
};

const jsonOf = async (response: Response): Promise<unknown> => {
  const type = response.headers.get('content-type') ?? '';
  if (!type.includes('json')) return undefined;
  const text = await boundedText(response);
  return text === null ? undefined : (JSON.parse(text) as unknown);
};

/** Reads an answer by a schema of the wire; null when the schema refuses it. */
const by =
  <T>(schema: z.ZodType<T>) =>
  (answer: unknown): T | null => {
    const parsed = schema.safeParse(answer);
    return parsed.success ? parsed.data : null;
  };

const answerOf =
  <N extends OnlineCallName>(name: N) =>
  (answer: unknown): OnlineOutput<N> | null => {
    const parsed = onlineCalls[name].output.safeParse(answer);
    return parsed.success ? (parsed.data as OnlineOutput<N>) : null;
  };

/**
 * A client for the server at `baseUrl`. Every answer is checked against the wire's schemas. When `until`
 * aborts, what is under way ends at once as if nobody were there: locking never waits for a slow line.
 */
export const httpRegionClient = (
  baseUrl: string,
  until?: AbortSignal,
  send: SendRequest = compressedFetch(),
): RegionClient => {
  const patience = (ms: number): AbortSignal => {
    const timeout = AbortSignal.timeout(ms);
    return until === undefined ? timeout : AbortSignal.any([timeout, until]);
  };

  const ask = async <T>(
    read: (answer: unknown) => T | null,
    { method, path, token, body, patienceMs: ms = patienceMs }: Ask,
  ): Promise<Result<T, RegionTrouble>> => {
    let response: Response;
    let answer: unknown;
    try {
      response = await send(new URL(path, baseUrl), {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: 'error',
        signal: patience(ms),
      });
      answer = await jsonOf(response);
    } catch (error) {
      // A body that is no JSON came from somebody; a connection that failed came from nobody.
      return err(error instanceof SyntaxError ? { kind: 'not-a-region' } : { kind: 'offline' });
    }
    if (!response.ok) {
      const known = refusal(answer, response.headers.get('retry-after'));
      return err(
        known.kind === 'not-a-region' && response.status >= 500
          ? serverTrouble(response.status === 500, secondsOf(response.headers.get('retry-after')))
          : known,
      );
    }
    const known = read(answer);
    return known === null ? err({ kind: 'not-a-region' }) : ok(known);
  };

  return {
    ways: () =>
      ask(by(signInWays), {
        method: 'GET',
        path: '/v1/sign-in-ways',
        patienceMs: shortPatienceMs,
      }),
    signIn: (request) =>
      ask(by(signInResponse), { method: 'POST', path: '/v1/session', body: request }),
    signInByProvider: (request) =>
      ask(by(signInResponse), { method: 'POST', path: '/v1/session/provider', body: request }),
    refresh: (request) =>
      ask(by(refreshResponse), {
        method: 'POST',
        path: '/v1/session/refresh',
        body: request,
        patienceMs: shortPatienceMs,
      }),
    rekey: (token, request) =>
      ask(by(signInResponse), { method: 'POST', path: '/v1/session/rekey', token, body: request }),
    signOut: async (token) => {
      await ask(by(signInResponse), { method: 'DELETE', path: '/v1/session', token });
    },
    push: (token, request) =>
      ask(by(pushResponse), { method: 'POST', path: '/v1/push', token, body: request }),
    pull: (token, request) =>
      ask(readPage, { method: 'POST', path: '/v1/pull', token, body: request }),
    ask: (token, name, input) =>
      ask(answerOf(name), { method: 'POST', path: `/v1/ask/${name}`, token, body: input }),
    uploadUseLog: (token, request) =>
      ask(by(useLogResponse), { method: 'POST', path: '/v1/use-log', token, body: request }),
    listen: (token, { onOpen, onNews, onHere, onLost }) => {
      const url = new URL('/v1/live', baseUrl);
      url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
      const socket = new WebSocket(url, { headers: { authorization: `Bearer ${token}` } });
      let ended = false;
      socket.on('message', (data: Buffer) => {
        const message = liveMessage.safeParse(parseJson(data.toString('utf8')));
        if (!message.success) return;
        if (message.data.type === 'news') onNews();
        else onHere(message.data);
      });
      socket.on('open', onOpen);
      socket.on('error', () => socket.terminate());
      socket.on('close', () => {
        if (!ended) onLost();
      });
      return {
        say: (saying) => {
          if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(saying));
        },
        end: () => {
          ended = true;
          socket.terminate();
        },
      };
    },
  };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
