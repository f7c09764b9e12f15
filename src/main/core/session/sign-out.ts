import { buildEndSessionUrl } from 'openid-client';
import { readState, writeState } from '#main/db/queries/sync-state.ts';
import { withTransaction } from '#main/db/handles.ts';
import type { Desk } from '../desk.ts';
import { forgetTokens } from '../syncing/keep-tokens.ts';
import type { RegionClient } from '../syncing/region-client.ts';
import { providerAt } from './provider-client.ts';
import type { OpenBrowser } from './provider-sign-in.ts';

/** Where the browser tells the provider that the person goes (RP-Initiated Logout), where it has such a place. */
const endSessionUrl = async (kept: {
  readonly issuer: string;
  readonly clientId: string;
  readonly idToken: string;
}): Promise<string | null> => {
  try {
    const provider = await providerAt(kept);
    if (provider.serverMetadata().end_session_endpoint === undefined) return null;
    return buildEndSessionUrl(provider, { id_token_hint: kept.idToken }).href;
  } catch {
    // A provider that is away keeps its own session until that runs out; ours ends now.
    return null;
  }
};

/**
 * Ends the session: at the region, in the case file, and at the identity provider. Nothing of it hinders
 * the leaving: what cannot be told now is forgotten here all the same. The sync thread has ended before.
 */
export const signOutAt = async (
  { db }: Desk,
  region: RegionClient,
  openBrowser: OpenBrowser | null,
): Promise<void> => {
  const token = readState(db, 'sessionToken');
  const kept = readState(db, 'provider');
  forgetTokens(db);
  withTransaction(db, (tx) => writeState(tx, 'provider', null));
  if (token !== null) await region.signOut(token);
  if (kept === null || openBrowser === null) return;
  const url = await endSessionUrl(kept);
  if (url !== null) await openBrowser(url);
};
