import type { PullRequest, PullResponse } from '#shared/protocol/pull.ts';
import type { PushRequest, PushResponse } from '#shared/protocol/push.ts';
import type { ErrorResponse, SignInRequest, SignInResponse } from '#shared/protocol/session.ts';
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
      readonly retryAfterSeconds?: number;
    }
  | { readonly kind: 'server-trouble'; readonly retryAfterSeconds?: number };

/** The region's server as a device sees it. Nothing here throws. */
export type RegionClient = {
  readonly signIn: (request: SignInRequest) => Promise<Result<SignInResponse, RegionTrouble>>;
  readonly signOut: (token: string) => Promise<void>;
  readonly push: (
    token: string,
    request: PushRequest,
  ) => Promise<Result<PushResponse, RegionTrouble>>;
  readonly pull: (
    token: string,
    request: PullRequest,
  ) => Promise<Result<PullResponse, RegionTrouble>>;
  /** Tells of news until ended; a lost connection ends silently and calls `onLost`. */
  readonly listen: (
    token: string,
    heard: { readonly onNews: () => void; readonly onLost: () => void },
  ) => { readonly end: () => void };
};
