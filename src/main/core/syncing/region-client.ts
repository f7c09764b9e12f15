import type {
  OnlineCallName,
  OnlineInput,
  OnlineOutput,
} from '#shared/protocol/online/online-calls.ts';
import type { HereMessage, LiveSaying } from '#shared/protocol/live.ts';
import type { PullRequest } from '#shared/protocol/pull.ts';
import type { ReadPage } from '#shared/protocol/read-page.ts';
import type { PushRequest, PushResponse } from '#shared/protocol/push.ts';
import type {
  ErrorResponse,
  ProviderSignInRequest,
  RefreshRequest,
  RefreshResponse,
  RekeyRequest,
  SignInRequest,
  SignInResponse,
  SignInWays,
} from '#shared/protocol/session.ts';
import type { UseLogRequest, UseLogResponse } from '#shared/protocol/use-log.ts';
import type { Result } from '#shared/lib/result.ts';

/**
 * Why the region did not answer as asked:
 * `offline` – nobody there; `not-a-region` – something answered, but no server of ours (a hotel's sign-in
 * page, a proxy's error); `refused` – the server says why; `server-trouble` – it could not do it now.
 */
export type RegionTrouble =
  | { readonly kind: 'offline' }
  | { readonly kind: 'not-a-region' }
  | {
      readonly kind: 'refused';
      readonly code: ErrorResponse['code'];
      /** Which part of what was asked it is about, and what is wrong with that, as a code. */
      readonly path?: string;
      readonly problem?: string;
      readonly retryAfterSeconds?: number;
    }
  | {
      readonly kind: 'server-trouble';
      /** It began and failed (500), unlike one that is closed, overloaded or out of reach. */
      readonly failed?: true;
      readonly retryAfterSeconds?: number;
    };

export type LiveHearing = {
  readonly onOpen: () => void;
  readonly onNews: () => void;
  readonly onHere: (message: HereMessage) => void;
  readonly onLost: () => void;
};

export type LiveLine = {
  /** Says what is open here; what cannot be said now is not kept. */
  readonly say: (saying: LiveSaying) => void;
  readonly end: () => void;
};

/** The region's server as a device sees it. Nothing here throws. */
export type RegionClient = {
  /** How one may sign in here; needs no session. */
  readonly ways: () => Promise<Result<SignInWays, RegionTrouble>>;
  readonly signIn: (request: SignInRequest) => Promise<Result<SignInResponse, RegionTrouble>>;
  readonly signInByProvider: (
    request: ProviderSignInRequest,
  ) => Promise<Result<SignInResponse, RegionTrouble>>;
  /** The session's next pair of tokens. `renewing-region.ts` does it where one is needed. */
  readonly refresh: (request: RefreshRequest) => Promise<Result<RefreshResponse, RegionTrouble>>;
  /** A copied device goes on under a new id and key, in the place of the session's own (SPEC I4). */
  readonly rekey: (
    token: string,
    request: RekeyRequest,
  ) => Promise<Result<SignInResponse, RegionTrouble>>;
  readonly signOut: (token: string) => Promise<void>;
  readonly push: (
    token: string,
    request: PushRequest,
  ) => Promise<Result<PushResponse, RegionTrouble>>;
  readonly pull: (token: string, request: PullRequest) => Promise<Result<ReadPage, RegionTrouble>>;
  /** A question or command that only the region can answer. */
  readonly ask: <N extends OnlineCallName>(
    token: string,
    name: N,
    input: OnlineInput<N>,
  ) => Promise<Result<OnlineOutput<N>, RegionTrouble>>;
  readonly uploadUseLog: (
    token: string,
    request: UseLogRequest,
  ) => Promise<Result<UseLogResponse, RegionTrouble>>;
  /** Tells of news and of who is here until ended; a lost connection ends silently and calls `onLost`. */
  readonly listen: (token: string, heard: LiveHearing) => LiveLine;
};
