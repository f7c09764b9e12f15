import { z } from 'zod';
import { personSchema } from '#shared/domain/directory.ts';
import {
  refreshRequest,
  refreshResponse,
  rekeyRequest,
  signInRequest,
  signInResponse,
  signInWays,
} from '#shared/protocol/session.ts';
import type { RegionContext } from '../region/context.ts';
import { findPerson } from '../region/directory.ts';
import { waysOf, type Identity } from '../region/identity/identity.ts';
import { rekeyDevice } from '../region/identity/rekey.ts';
import { refreshSession } from '../region/identity/refresh.ts';
import type { SessionLimits } from '../region/identity/sessions.ts';
import { signIn, signOut } from '../region/identity/sign-in.ts';
import type { RegionApp } from './region-app.ts';
import { sessionOf, tokenOf } from './authentication.ts';
import { HttpProblem } from './problem.ts';

export type SessionParts = { readonly limits: SessionLimits; readonly identity: Identity };

/** Signing in and out, renewing a session, and who one is. */
export const sessionRoutes = (
  app: RegionApp,
  context: RegionContext,
  { limits, identity }: SessionParts,
): void => {
  app.get(
    '/v1/sign-in-ways',
    { config: { open: true }, schema: { response: { 200: signInWays } } },
    async () => waysOf(identity),
  );

  app.post(
    '/v1/session',
    {
      config: { open: true },
      bodyLimit: 16_384,
      schema: { body: signInRequest, response: { 200: signInResponse } },
    },
    async (request) => {
      if (!identity.localAccounts) throw new HttpProblem('no-access');
      const answer = await signIn(context, request.body, request.ip, limits);
      if (answer.ok) return answer.value;
      const { error } = answer;
      throw error.code === 'slow-down'
        ? new HttpProblem(error.code, { retryAfterSeconds: error.retryAfterSeconds })
        : new HttpProblem(error.code);
    },
  );

  app.post(
    '/v1/session/refresh',
    {
      config: { open: true },
      bodyLimit: 4_096,
      schema: { body: refreshRequest, response: { 200: refreshResponse } },
    },
    async (request) => {
      const answer = await refreshSession(context, request.body, limits);
      if (!answer.ok) throw new HttpProblem(answer.error);
      return answer.value;
    },
  );

  // As for whoever leaves, a token that has just run out does: what counts is that the old key has signed.
  app.post(
    '/v1/session/rekey',
    {
      config: { open: true },
      bodyLimit: 16_384,
      schema: { body: rekeyRequest, response: { 200: signInResponse } },
    },
    async (request) => {
      const answer = await rekeyDevice(context, tokenOf(request) ?? '', request.body, limits);
      if (!answer.ok) throw new HttpProblem(answer.error);
      return answer.value;
    },
  );

  // Whoever leaves need not renew their token first.
  app.delete('/v1/session', { config: { open: true } }, async (request, reply) => {
    const session = request.session ?? request.expiredSession;
    if (session === null) throw new HttpProblem('signed-out');
    await signOut(context, session);
    return reply.code(204).send();
  });

  app.get(
    '/v1/me',
    { schema: { response: { 200: z.object({ person: personSchema }) } } },
    async (request) => {
      const person = await findPerson(context.db, sessionOf(request).personId);
      if (person === null) throw new HttpProblem('signed-out');
      return { person };
    },
  );
};
