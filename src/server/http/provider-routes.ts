import { z } from 'zod';
import { providerSignInRequest, signInResponse } from '#shared/protocol/session.ts';
import type { RegionContext } from '../region/context.ts';
import type { Provider } from '../region/identity/identity.ts';
import { endByProvider, signInByProvider } from '../region/identity/provider-sign-in.ts';
import { HttpProblem } from './problem.ts';
import type { RegionApp } from './region-app.ts';
import type { SessionParts } from './session-routes.ts';

/** The only body here that is no JSON: a form with the one field. */
const logoutForm = z.string().transform((body, context) => {
  const token = new URLSearchParams(body).get('logout_token');
  if (token !== null && token.length <= 12_000) return token;
  context.addIssue({ code: 'custom', message: 'logout-token-missing' });
  return z.NEVER;
});

/** Signing in by the word of the region's identity provider, and its word that somebody has gone. */
export const providerRoutes = (
  app: RegionApp,
  context: RegionContext,
  { limits, identity }: SessionParts,
): void => {
  const providerOf = (): Provider => {
    if (identity.provider === null) throw new HttpProblem('not-found');
    return identity.provider;
  };

  app.post(
    '/v1/session/provider',
    {
      config: { open: true },
      bodyLimit: 32_768,
      schema: { body: providerSignInRequest, response: { 200: signInResponse } },
    },
    async (request) => {
      const answer = await signInByProvider(
        context,
        providerOf(),
        request.body,
        request.ip,
        limits,
      );
      if (answer.ok) return answer.value;
      const { error } = answer;
      throw error.code === 'slow-down'
        ? new HttpProblem(error.code, { retryAfterSeconds: error.retryAfterSeconds })
        : new HttpProblem(error.code);
    },
  );

  // OpenID Connect Back-Channel Logout 2.5: the provider posts a form, and nothing may keep the answer.
  void app.register(async (inside) => {
    inside.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 16_384 },
      (_request, body, done) => done(null, body),
    );
    inside.post(
      '/v1/oidc/logout',
      { config: { open: true }, bodyLimit: 16_384 },
      async (request, reply) => {
        const form = logoutForm.safeParse(request.body);
        if (!form.success) throw new HttpProblem('bad-request');
        const ended = await endByProvider(context, providerOf(), form.data);
        if (!ended.ok) throw new HttpProblem(ended.error);
        return reply.header('cache-control', 'no-store').code(200).send();
      },
    );
  });
};
