import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client';
import type { Problem } from '#shared/contract/calls.ts';
import type { SignInWays } from '#shared/protocol/session.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { KeptProvider } from '../syncing/keep-tokens.ts';
import { listenForCallback, type CallbackListener } from './callback-listener.ts';
import type { CallbackLanguage } from './callback-page.ts';
import { isAway, providerAt } from './provider-client.ts';

/** What the identity provider said of the person, and what a later proof is asked for by. */
export type Vouched = {
  readonly kept: KeptProvider;
  readonly subject: string;
  readonly name: string;
};

export type OpenAttempt = { readonly url: string; readonly listener: CallbackListener };

type Named = NonNullable<SignInWays['provider']>;

const nameOf = (claims: Readonly<Record<string, unknown>>): string => {
  const { name, given_name: given, family_name: family } = claims;
  if (typeof given === 'string' && typeof family === 'string') return `${given} ${family}`;
  return typeof name === 'string' ? name : '';
};

const problemOf = (error: unknown): Problem => ({
  code: isAway(error) ? 'provider-away' : 'provider-refused',
});

/**
 * Begins an attempt at the provider: authorization code with PKCE (S256), state and nonce, and a listener
 * for the browser's way back. The person always shows the provider who they are: on a computer that is
 * shared, the browser may still know somebody else.
 * @param heard is told what came of it, once
 */
export const beginAttempt = async (
  named: Named,
  language: CallbackLanguage,
  heard: (outcome: Result<Vouched, Problem>) => Promise<'done' | 'failed'>,
): Promise<Result<OpenAttempt, Problem>> => {
  const state = randomState();
  const nonce = randomNonce();
  const verifier = randomPKCECodeVerifier();
  let provider: Configuration;
  try {
    provider = await providerAt(named);
  } catch (error) {
    return err(problemOf(error));
  }
  const listener = await listenForCallback({
    state,
    language,
    onAnswer: async (address) => {
      if (address.searchParams.get('error') === 'access_denied') {
        return heard(err({ code: 'provider-denied' }));
      }
      return heard(await exchange(provider, named, address, { state, nonce, verifier }));
    },
  });
  const url = buildAuthorizationUrl(provider, {
    redirect_uri: listener.redirectUri,
    scope: named.scope,
    // `consent` because without it no refresh token is given (OpenID Connect Core 11).
    prompt: named.scope.split(' ').includes('offline_access') ? 'login consent' : 'login',
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ui_locales: language,
  });
  return ok({ url: url.href, listener });
};

const exchange = async (
  provider: Configuration,
  named: Named,
  address: URL,
  expected: { readonly state: string; readonly nonce: string; readonly verifier: string },
): Promise<Result<Vouched, Problem>> => {
  try {
    const answer = await authorizationCodeGrant(provider, address, {
      pkceCodeVerifier: expected.verifier,
      expectedState: expected.state,
      expectedNonce: expected.nonce,
      idTokenExpected: true,
    });
    const claims = answer.claims();
    if (answer.id_token === undefined || claims === undefined) {
      return err({ code: 'provider-refused' });
    }
    return ok({
      kept: {
        issuer: named.issuer,
        clientId: named.clientId,
        scope: named.scope,
        refreshToken: answer.refresh_token ?? null,
        idToken: answer.id_token,
        nonce: expected.nonce,
      },
      subject: claims.sub,
      name: nameOf(claims),
    });
  } catch (error) {
    return err(problemOf(error));
  }
};
