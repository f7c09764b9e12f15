import type { SignInWays } from '#shared/protocol/session.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { claimRules } from './claims.ts';
import { providerKeys, type ProviderKeys } from './provider-keys.ts';
import { isSafeAddress } from './safe-address.ts';

/** The region's identity provider (OpenID Connect), as its operator names it. */
export type ProviderSettings = {
  /** Exactly as the provider writes it in its tokens. */
  readonly issuer: string;
  readonly clientId: string;
  /** What id tokens are made out to, where that is not the client. */
  readonly audience: string;
};

export type Provider = ProviderSettings & { readonly keys: ProviderKeys };

/** How people sign in to this region. */
export type Identity = { readonly provider: Provider | null; readonly localAccounts: boolean };

export const noProvider: Identity = { provider: null, localAccounts: true };

export const withProvider = (
  settings: ProviderSettings,
  localAccounts: boolean,
  now: () => Date,
): Identity => ({
  provider: { ...settings, keys: providerKeys(settings.issuer, now) },
  localAccounts,
});

/** What anybody may know before signing in. */
export const waysOf = ({ provider, localAccounts }: Identity): SignInWays => ({
  localAccounts,
  provider: provider && {
    issuer: provider.issuer,
    clientId: provider.clientId,
    scope: claimRules.scopes.join(' '),
  },
});

/** The provider and accounts that the environment names. A problem is a sentence for the operator. */
export const readIdentity = (
  env: Readonly<Record<string, string | undefined>>,
  now: () => Date,
): Result<Identity, string> => {
  const issuer = env['PUNOS_OIDC_ISSUER'] || null;
  const clientId = env['PUNOS_OIDC_CLIENT_ID'] || null;
  const accounts = env['PUNOS_LOCAL_ACCOUNTS'] || 'on';
  if (accounts !== 'on' && accounts !== 'off') {
    return err(`PUNOS_LOCAL_ACCOUNTS is "on" or "off", not "${accounts}".`);
  }
  const localAccounts = accounts === 'on';
  if (issuer === null && clientId === null) {
    return localAccounts
      ? ok(noProvider)
      : err('Without local accounts nobody can sign in: name PUNOS_OIDC_ISSUER too.');
  }
  if (issuer === null || clientId === null) {
    return err('PUNOS_OIDC_ISSUER and PUNOS_OIDC_CLIENT_ID go together: one of them is missing.');
  }
  if (!isSafeAddress(issuer)) return err('PUNOS_OIDC_ISSUER must be an https address.');
  const audience = env['PUNOS_OIDC_AUDIENCE'] || clientId;
  return ok(withProvider({ issuer, clientId, audience }, localAccounts, now));
};
