import {
  allowInsecureRequests,
  ClientError,
  customFetch,
  discovery,
  None,
  type Configuration,
  type CustomFetch,
} from 'openid-client';

/** The identity provider as the region names it, and this program as its client there. */
export type ProviderAddress = { readonly issuer: string; readonly clientId: string };

const patienceSeconds = 15;

const local = /^(127\.0\.0\.1|\[::1\]|localhost)$/u;

/**
 * Learns the provider's addresses. A desktop program keeps no secret, so it is a public client (RFC 8252);
 * PKCE stands in its place. In the clear only within this computer. Throws as `openid-client` does.
 * @param until ends what is under way, so that locking never waits for a slow provider
 */
export const providerAt = (
  { issuer, clientId }: ProviderAddress,
  until?: AbortSignal,
): Promise<Configuration> => {
  const address = new URL(issuer);
  const inClear = address.protocol === 'http:' && local.test(address.hostname);
  return discovery(address, clientId, { token_endpoint_auth_method: 'none' }, None(), {
    timeout: patienceSeconds,
    ...(until === undefined ? {} : { [customFetch]: fetchUntil(until) }),
    // oxlint-disable-next-line typescript/no-deprecated -- marked so to stand out; only within this computer
    ...(inClear ? { execute: [allowInsecureRequests] } : {}),
  });
};

const fetchUntil =
  (until: AbortSignal): CustomFetch =>
  (url, { signal, body, ...options }) =>
    fetch(url, {
      ...options,
      // Every request of the flow is a form; bytes are of other flows, which are not ours.
      ...(body instanceof URLSearchParams ? { body } : {}),
      signal: signal ? AbortSignal.any([signal, until]) : until,
    });

/** Whether the provider simply did not answer: what it refuses it says in its own words. */
export const isAway = (error: unknown): boolean => {
  if (error instanceof TypeError || error instanceof DOMException) return true;
  if (!(error instanceof ClientError)) return false;
  const { code, cause } = error;
  if (cause instanceof Response) return cause.status >= 500;
  return cause instanceof TypeError || code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT';
};
