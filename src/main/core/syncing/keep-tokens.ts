import { withTransaction, type WritableDb } from '#main/db/handles.ts';
import { readState, writeState, type SyncState } from '#main/db/queries/sync-state.ts';
import type { StorageProblem } from '#main/db/storage-problem.ts';
import type { SignInResponse } from '#shared/protocol/session.ts';
import type { Result } from '#shared/lib/result.ts';

/** What a new proof is asked for by, of somebody who signed in with the region's identity provider. */
export type KeptProvider = NonNullable<SyncState['provider']>;

/**
 * Keeps a session that has just begun, and how it began: without `provider`, with an account. The time
 * without the region's word begins anew with it.
 */
export const keepSession = (
  db: WritableDb,
  answer: SignInResponse,
  provider: KeptProvider | null,
): Result<void, StorageProblem> =>
  withTransaction(db, (tx) => {
    writeState(tx, 'sessionToken', answer.token);
    writeState(tx, 'refreshToken', answer.refreshToken);
    writeState(tx, 'regionName', answer.region.name);
    writeState(tx, 'provider', provider);
    writeState(tx, 'lease', null);
    if (answer.region.key !== undefined) writeState(tx, 'regionKey', answer.region.key);
    writeState(tx, 'replaces', null);
  });

/** Keeps the session of a device that went on under a new id; how the person signs in stays as it was. */
export const keepRekeyed = (db: WritableDb, answer: SignInResponse): Result<void, StorageProblem> =>
  keepSession(db, answer, readState(db, 'provider'));

/** The session has ended; how to prove oneself to the provider stays. */
export const forgetTokens = (db: WritableDb): Result<void, StorageProblem> =>
  withTransaction(db, (tx) => {
    writeState(tx, 'sessionToken', null);
    writeState(tx, 'refreshToken', null);
  });
