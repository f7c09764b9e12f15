import { z } from 'zod';
import { personSchema } from '#shared/domain/directory.ts';
import { signInRequest, signInResponse } from '#shared/protocol/session.ts';
import type { RegionContext } from '../region/context.ts';
import { findPerson } from '../region/directory.ts';
import { endSession, type SessionLimits } from '../region/identity/sessions.ts';
import { signIn } from '../region/identity/sign-in.ts';
import type { RegionApp } from './region-app.ts';
import { sessionOf } from './authentication.ts';
import { HttpProblem } from './problem.ts';

/** Signing in and out, and who one is. */
export const sessionRoutes = (
  app: RegionApp,
  context: RegionContext,
  limits: SessionLimits,
): void => {
  app.post(
    '/v1/session',
    {
      config: { open: true },
      bodyLimit: 16_384,
      schema: { body: signInRequest, response: { 200: signInResponse } },
    },
    async (request) => {
      const answer = await signIn(context, request.body, request.ip, limits);
      if (answer.ok) return answer.value;
      const { error } = answer;
      throw error.code === 'slow-down'
        ? new HttpProblem(error.code, { retryAfterSeconds: error.retryAfterSeconds })
        : new HttpProblem(error.code);
    },
  );

  app.delete('/v1/session', async (request, reply) => {
    await endSession(context.db, sessionOf(request), context.now());
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
