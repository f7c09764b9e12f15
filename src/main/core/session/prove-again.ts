import { refreshTokenGrant } from 'openid-client';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { KeptProvider } from '../syncing/keep-tokens.ts';
import { isAway, providerAt } from './provider-client.ts';

/** Tokens tell time in seconds. */
const oneSecondMs = 1_000;

/**
 * Asks the identity provider for a new proof by the refresh token, without the person. `refused`: the
 * provider wants to see them; `away`: it does not answer, and may later.
 */
export const proveAgain = async (
  kept: KeptProvider,
  until?: AbortSignal,
): Promise<Result<KeptProvider, 'away' | 'refused'>> => {
  if (kept.refreshToken === null) return err('refused');
  try {
    const provider = await providerAt(kept, until);
    const answer = await refreshTokenGrant(provider, kept.refreshToken);
    if (answer.id_token === undefined) return err('refused');
    const next: KeptProvider = {
      ...kept,
      idToken: answer.id_token,
      refreshToken: answer.refresh_token ?? kept.refreshToken,
    };
    if (next.idToken !== kept.idToken) return ok(next);
    // Given within one second, two proofs may be the same to the letter, and the region takes each once.
    await new Promise((resolve) => setTimeout(resolve, oneSecondMs));
    return await proveAgain({ ...next, idToken: '' }, until);
  } catch (error) {
    return err(isAway(error) ? 'away' : 'refused');
  }
};
