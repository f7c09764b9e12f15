import type { Person } from '#shared/domain/directory.ts';
import type { Result } from '#shared/lib/result.ts';
import type {
  OnlineCallName,
  OnlineInput,
  OnlineOutput,
} from '#shared/protocol/online/online-calls.ts';
import type { RegionContext } from '../context.ts';
import type { Session } from '../identity/sessions.ts';

/** Who asks: the session's person as the directory knows them at this moment. */
export type Asker = RegionContext & {
  readonly session: Session;
  readonly person: Person;
};

/**
 * Why the region does not do what it was asked. `no-access` has the same words whether or not the thing
 * exists; `not-acceptable` names the part of the input and what is wrong with it.
 */
export type OnlineRefusal =
  | { readonly code: 'no-access' }
  | { readonly code: 'not-acceptable'; readonly path: string; readonly problem: string }
  | { readonly code: 'slow-down'; readonly retryAfterSeconds: number };

/** The use cases behind some of the online calls. Duties are checked before; rights to a client are theirs. */
export type HandlersOf<N extends OnlineCallName> = {
  readonly [K in N]: (
    asker: Asker,
    input: OnlineInput<K>,
  ) => Promise<Result<OnlineOutput<K>, OnlineRefusal>>;
};
