import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RegionContext } from '../region/context.ts';
import { findSession, type Session, type SessionLimits } from '../region/identity/sessions.ts';
import { HttpProblem } from './problem.ts';

declare module 'fastify' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- an interface is what merges
  interface FastifyRequest {
    /** Null on open routes and until the session is found. */
    session: Session | null;
    /** A session that lives, but whose token must be renewed before anything but leaving. */
    expiredSession: Session | null;
  }
  // oxlint-disable-next-line typescript/consistent-type-definitions -- an interface is what merges
  interface FastifyContextConfig {
    /** Served without a session. Every other route refuses. */
    readonly open?: boolean;
    /** The route checks its texts itself, one by one (a push must not fail as a whole). */
    readonly anyText?: boolean;
  }
}

/** The token that the request carries, if any. */
export const tokenOf = (request: FastifyRequest): string | undefined =>
  bearer.exec(request.headers.authorization ?? '')?.[1];

const bearer = /^Bearer ([A-Za-z0-9_-]{43})$/i;

/**
 * Finds the session of every request before its body is read. The limit of requests stands between
 * the look-up and the refusal, so that it counts by device where there is one and by address where
 * there is none.
 */
export const authenticate = (
  app: FastifyInstance,
  { db, now }: RegionContext,
  limits: SessionLimits,
): void => {
  app.decorateRequest('session', null);
  app.decorateRequest('expiredSession', null);
  app.addHook('onRequest', async (request) => {
    const token = tokenOf(request);
    if (token === undefined) return;
    const found = await findSession(db, token, now(), limits);
    if (found?.tokenExpired === true) request.expiredSession = found.session;
    else request.session = found?.session ?? null;
  });
  app.addHook('preParsing', async (request) => {
    if (request.session === null && request.routeOptions.config.open !== true && !request.is404) {
      throw new HttpProblem(request.expiredSession ? 'token-expired' : 'signed-out');
    }
  });
};

/** The session of a request to a route that is not open. */
export const sessionOf = (request: FastifyRequest): Session => {
  if (request.session === null) throw new HttpProblem('signed-out');
  return request.session;
};
