import { createLocalJWKSet, errors } from 'jose';
import { z } from 'zod';
import { isSafeAddress } from './safe-address.ts';

/** Where the provider's signing keys come from. */
export type ProviderKeys = {
  /**
   * Runs the check with the keys that are known and, when they hold none for the token, once more with
   * keys asked for anew: so a provider may change its keys at any time. Throws `ProviderAway` when it
   * has given none that still count.
   */
  readonly check: <T>(
    work: (keys: ReturnType<typeof createLocalJWKSet>) => Promise<T>,
  ) => Promise<T>;
};

/** The provider does not answer, so nobody's word can be checked now. */
export class ProviderAway extends Error {}

/** Not more often than this is a provider asked because of a key that nobody knows. */
const askAgainMs = 30_000;
/** … and, while it has given none yet, not more often than this. */
const askFirstMs = 2_000;
/** Keys are asked for anew after so long: one that was taken away stops counting. */
const freshMs = 600_000;
/** A provider that does not answer is believed on its last keys for so long. */
const staleMs = 3_600_000;
const patienceMs = 5_000;
const mostBytes = 262_144;

const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.string() });
const keySetSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) });

type Held = {
  readonly keys: ReturnType<typeof createLocalJWKSet>;
  readonly at: number;
};

export const providerKeys = (issuer: string, now: () => Date): ProviderKeys => {
  let held: Held | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | null = null;

  const ask = async (): Promise<void> => {
    askedAt = now().getTime();
    const discovery = discoverySchema.parse(
      await fetchJson(`${issuer.replace(/\/$/u, '')}/.well-known/openid-configuration`),
    );
    if (discovery.issuer !== issuer) throw new ProviderAway('another issuer answers there');
    const set = keySetSchema.parse(await fetchJson(discovery.jwks_uri));
    held = { keys: createLocalJWKSet(set), at: now().getTime() };
  };

  const age = (): number => (held === null ? Infinity : Math.abs(now().getTime() - held.at));
  const mayAsk = (): boolean =>
    Math.abs(now().getTime() - askedAt) >= (held === null ? askFirstMs : askAgainMs);

  /** One question at a time, however many sign in at once. */
  const askOnce = async (): Promise<void> => {
    asking ??= ask().finally(() => {
      asking = null;
    });
    try {
      await asking;
    } catch {
      // What is held may still count; whether it does is asked below.
    }
  };

  const current = async (): Promise<Held> => {
    if (age() >= freshMs && (asking !== null || mayAsk())) await askOnce();
    if (held === null || age() >= staleMs) throw new ProviderAway('no keys');
    return held;
  };

  return {
    check: async (work) => {
      const before = await current();
      try {
        return await work(before.keys);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey) || !mayAsk()) throw error;
        await askOnce();
        const { keys } = await current();
        return work(keys);
      }
    },
  };
};

const fetchJson = async (address: string): Promise<unknown> => {
  if (!isSafeAddress(address)) throw new ProviderAway('not a safe address');
  const response = await fetch(address, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(patienceMs),
  });
  if (!response.ok) throw new ProviderAway(`status ${response.status}`);
  const text = await response.text();
  if (text.length > mostBytes) throw new ProviderAway('too much');
  return JSON.parse(text);
};
