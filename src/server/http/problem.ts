import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorResponse } from '#shared/protocol/session.ts';
import { databaseTrouble } from '../region/context.ts';
import { ProviderAway } from '../region/identity/provider-keys.ts';
import { TooManySignIns } from '../region/identity/secrets.ts';

export type ErrorCode = ErrorResponse['code'];

/** The one status that goes with each code. */
const statusOf: { readonly [code in ErrorCode]: number } = {
  'bad-request': 400,
  'wrong-credentials': 401,
  'signed-out': 401,
  'token-expired': 401,
  'no-access': 403,
  'not-acceptable': 422,
  'device-revoked': 403,
  'device-copied': 409,
  'not-found': 404,
  'bad-cursor': 409,
  'too-large': 413,
  'version-not-served': 426,
  'slow-down': 429,
  internal: 500,
  unavailable: 503,
};

/** Ends a request with an error answer, from a hook, a parser or a handler. */
export class HttpProblem extends Error {
  readonly code: ErrorCode;
  readonly statusCode: number;
  readonly retryAfterSeconds: number | undefined;
  readonly path: string | undefined;
  readonly problem: string | undefined;

  constructor(
    code: ErrorCode,
    options: { status?: number; retryAfterSeconds?: number; path?: string; problem?: string } = {},
  ) {
    super(code);
    this.name = 'HttpProblem';
    this.code = code;
    this.statusCode = options.status ?? statusOf[code];
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.path = options.path;
    this.problem = options.problem;
  }
}

/** More at once than the lines hold (SPEC F2): the caller comes again after so long. */
export class TooBusy extends HttpProblem {
  constructor(retryAfterSeconds: number) {
    super('unavailable', { retryAfterSeconds });
    this.name = 'TooBusy';
  }
}

const retryWhenAwaySeconds = 5;

/** What the caller is told: a code the program has words for, nothing of what was sent or stored. */
const problemOf = (error: unknown): HttpProblem => {
  if (error instanceof HttpProblem) return error;
  if (error instanceof TooManySignIns || error instanceof ProviderAway) {
    return new HttpProblem('unavailable', { retryAfterSeconds: retryWhenAwaySeconds });
  }
  switch (databaseTrouble(error)) {
    case 'away':
    case 'collision':
    case 'too-slow':
      return new HttpProblem('unavailable', { retryAfterSeconds: retryWhenAwaySeconds });
    case 'not-storable':
      return new HttpProblem('bad-request');
    case null:
      break;
  }
  const { statusCode = 500, code } = error as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new HttpProblem('too-large');
  // Fastify's own refusals: a body that does not fit the schema, a wrong media type or length.
  return statusCode >= 400 && statusCode < 500
    ? new HttpProblem('bad-request', { status: statusCode })
    : new HttpProblem('internal');
};

export const sendProblem = async (reply: FastifyReply, problem: HttpProblem): Promise<void> => {
  const { retryAfterSeconds, path } = problem;
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', retryAfterSeconds);
  if (problem.statusCode === 401) void reply.header('www-authenticate', 'Bearer');
  const body: ErrorResponse = {
    code: problem.code,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(path === undefined ? {} : { path }),
    ...(problem.problem === undefined ? {} : { problem: problem.problem }),
  };
  await reply.code(problem.statusCode).type('application/json').send(JSON.stringify(body));
};

/** Where in our code it happened; the message is left out, for it may quote what was stored. */
const placeOf = (error: unknown): readonly string[] =>
  error instanceof Error
    ? (error.stack ?? '')
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .slice(0, 8)
        .map((line) => line.trim())
    : [];

export const answerErrors = (app: FastifyInstance): void => {
  app.setErrorHandler(async (error: unknown, request: FastifyRequest, reply) => {
    const problem = problemOf(error);
    // Of those that find no place a line a minute tells (`tellLoad`): a herd must not write a log of its own.
    if (problem.statusCode >= 500 && !(problem instanceof TooBusy)) {
      const { name, code } = error as { readonly name?: string; readonly code?: string };
      request.log.error(
        { route: request.routeOptions.url, error: name, code, at: placeOf(error) },
        problem.code === 'unavailable' ? 'not available' : 'failed',
      );
    }
    await sendProblem(reply, problem);
  });
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, new HttpProblem('not-found')));
};

/** Bytes that are no HTTP at all never reach a route: the connection gets this and ends. */
export const badBytesAnswer = (status: 400 | 408 | 431): string => {
  const body = JSON.stringify({ code: 'bad-request' } satisfies ErrorResponse);
  const words = { 400: 'Bad Request', 408: 'Request Timeout', 431: 'Header Fields Too Large' };
  return (
    `HTTP/1.1 ${status} ${words[status]}\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`
  );
};
