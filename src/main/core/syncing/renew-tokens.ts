import { refreshText } from '#shared/protocol/session.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { withReading, withTransaction } from '#main/db/handles.ts';
import { readState, writeState } from '#main/db/queries/sync-state.ts';
import type { Desk } from '../desk.ts';
import { proveAgain } from '../session/prove-again.ts';
import { introductionOf } from '../session/introduction.ts';
import { keepSession } from './keep-tokens.ts';
import type { RegionClient, RegionTrouble } from './region-client.ts';

export type RenewalParts = {
  readonly desk: Pick<Desk, 'db' | 'sign' | 'now' | 'randomBytes'>;
  readonly region: RegionClient;
  readonly deviceName: string;
  /** Ends a renewal, as when the desk is locked: from then on the case file is not touched. */
  readonly until?: AbortSignal;
};

/** Longer than a renewal can take: after this its thread has died, and another may begin. */
const turnMs = 90_000;
const lookAgainMs = 40;

const signedOut: RegionTrouble = { kind: 'refused', code: 'signed-out' };
const locked: RegionTrouble = { kind: 'offline' };

const isLocked = ({ until }: RenewalParts): boolean => until?.aborted === true;

type Turn =
  | { readonly kind: 'renewed'; readonly token: string }
  | { readonly kind: 'mine'; readonly refreshToken: string | null }
  | { readonly kind: 'wait' };

/**
 * Takes the turn to renew, or learns that another thread has done it or is about to. The turn lies in the
 * case file, since each thread has its own connection and nothing else in common.
 */
const takeTurn = (
  { desk }: RenewalParts,
  holder: string,
  failed: string,
): Result<Turn, RegionTrouble> => {
  const taken = withTransaction<Turn>(desk.db, (db) => {
    const token = readState(db, 'sessionToken');
    if (token !== null && token !== failed) return { kind: 'renewed', token };
    const taken = readState(db, 'renewal');
    const left = (taken?.untilMs ?? 0) - desk.now();
    // Further ahead than any turn: the clock was set back, and nobody waits for that.
    if (left > 0 && left <= turnMs) return { kind: 'wait' };
    writeState(db, 'renewal', { holder, untilMs: desk.now() + turnMs });
    return { kind: 'mine', refreshToken: readState(db, 'refreshToken') };
  });
  return taken.ok ? taken : err({ kind: 'server-trouble' });
};

const giveTurnBack = (parts: RenewalParts, holder: string): void => {
  if (isLocked(parts)) return;
  withTransaction(parts.desk.db, (db) => {
    if (readState(db, 'renewal')?.holder === holder) writeState(db, 'renewal', null);
  });
};

const refresh = async (
  parts: RenewalParts,
  refreshToken: string | null,
): Promise<Result<string, RegionTrouble>> => {
  const { desk, region } = parts;
  if (refreshToken === null) return err(signedOut);
  const answer = await region.refresh({
    refreshToken,
    signature: desk.sign(refreshText(refreshToken)),
  });
  if (!answer.ok) return answer;
  if (isLocked(parts)) return err(locked);
  const kept = withTransaction(desk.db, (db) => {
    writeState(db, 'sessionToken', answer.value.token);
    writeState(db, 'refreshToken', answer.value.refreshToken);
  });
  return kept.ok ? ok(answer.value.token) : err({ kind: 'server-trouble' });
};

/** A new session by the provider's word, without asking the person, where the provider still vouches. */
const beginAnew = async (parts: RenewalParts): Promise<Result<string, RegionTrouble>> => {
  const { desk, region, deviceName, until } = parts;
  if (isLocked(parts)) return err(locked);
  const kept = readState(desk.db, 'provider');
  if (kept === null) return err(signedOut);
  const proof = await proveAgain(kept, until);
  if (isLocked(parts)) return err(locked);
  if (!proof.ok) {
    if (proof.error === 'away') return err({ kind: 'offline' });
    // Not asked again with a token that the provider has refused once.
    withTransaction(desk.db, (db) => writeState(db, 'provider', { ...kept, refreshToken: null }));
    return err(signedOut);
  }
  // The provider's refresh token is used up: the next one is kept before anything else can fail.
  withTransaction(desk.db, (db) => writeState(db, 'provider', proof.value));
  const device = introductionOf(desk.db, deviceName);
  const { idToken, nonce } = proof.value;
  const answer = await region.signInByProvider({ idToken, nonce, device });
  if (!answer.ok) {
    const refused = answer.error.kind === 'refused' && answer.error.code === 'wrong-credentials';
    return refused ? err(signedOut) : answer;
  }
  if (isLocked(parts)) return err(locked);
  const stored = keepSession(desk.db, answer.value, proof.value);
  return stored.ok ? ok(answer.value.token) : err({ kind: 'server-trouble' });
};

const isSignedOut = (trouble: RegionTrouble): boolean =>
  trouble.kind === 'refused' && trouble.code === 'signed-out';

/**
 * A token in the place of one that the region no longer takes. One thread renews at a time; the others
 * wait and take what it got. `signed-out`: the person must sign in again.
 */
export const renewTokens = async (
  parts: RenewalParts,
  failed: string,
): Promise<Result<string, RegionTrouble>> => {
  const holder = Buffer.from(parts.desk.randomBytes(12)).toString('base64url');
  while (!isLocked(parts)) {
    const turn = takeTurn(parts, holder, failed);
    if (!turn.ok) return turn;
    if (turn.value.kind === 'renewed') return ok(turn.value.token);
    if (turn.value.kind === 'mine') {
      try {
        const refreshed = await refresh(parts, turn.value.refreshToken);
        if (refreshed.ok || !isSignedOut(refreshed.error)) return refreshed;
        return await beginAnew(parts);
      } finally {
        giveTurnBack(parts, holder);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
  }
  return err(locked);
};

/** The token that holds now, by the case file: another thread may have renewed it. */
export const currentToken = ({ desk }: Pick<RenewalParts, 'desk'>): string | null => {
  const read = withReading(desk.db, (db) => readState(db, 'sessionToken'));
  return read.ok ? read.value : null;
};
