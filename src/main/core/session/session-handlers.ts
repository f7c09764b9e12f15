import type { CallOutput, Problem } from '#shared/contract/calls.ts';
import type { sessionCalls } from '#shared/contract/session-calls.ts';
import type { CallHandlers } from '#shared/contract/transport.ts';
import { ok, type Result } from '#shared/lib/result.ts';
import { renewingRegion } from '../syncing/renewing-region.ts';
import { createProviderSignIn, type OpenBrowser } from './provider-sign-in.ts';
import type { Opened, Session, SessionParts } from './session.ts';
import { signOutAt } from './sign-out.ts';

type SessionAnswer = Result<CallOutput<'session.state'>, Problem>;

/** What the handlers need of the core around them. */
export type SessionHandlersParts = SessionParts & {
  readonly session: Session;
  readonly openBrowser: OpenBrowser | null;
  /** Who is at the desk changes one at a time. */
  readonly inTurn: <I, T>(
    work: (input: I) => Promise<Result<T, Problem>>,
  ) => (input: I) => Promise<Result<T, Problem>>;
  /** Ends the sync thread; the case file stays open. */
  readonly stopThread: () => Promise<void>;
  readonly lock: () => Promise<void>;
  /** Starts sync at a desk that has been put up, and tells the windows. */
  readonly opened: (result: Result<Opened, Problem>) => SessionAnswer;
  /** Tells the windows that nobody is at the desk. */
  readonly locked: () => SessionAnswer;
};

export type SessionHandlers = {
  readonly handlers: Pick<CallHandlers, keyof typeof sessionCalls>;
  /** Ends an attempt under way. */
  readonly close: () => void;
};

/** Signing in by the region's identity provider, and signing out. */
export const sessionHandlers = (parts: SessionHandlersParts): SessionHandlers => {
  const { session, inTurn, lock } = parts;
  const provider = createProviderSignIn(parts, parts.openBrowser);
  return {
    handlers: {
      'session.ways': provider.ways,
      'session.beginProvider': provider.begin,
      'session.providerState': (input) => Promise.resolve(provider.state(input)),
      'session.completeProvider': inTurn(async (input) => {
        await lock();
        const desk = await provider.complete(input);
        return parts.opened(desk.ok ? ok(session.adopt(desk.value)) : desk);
      }),
      'session.cancelProvider': ({ attemptId }) => {
        provider.cancel(attemptId);
        return Promise.resolve(ok({}));
      },
      'session.signOut': inTurn(async () => {
        await parts.stopThread();
        const open = session.current();
        if (open) {
          const { deviceName, region } = parts;
          const renewing = renewingRegion({ desk: open.desk, region, deviceName });
          await signOutAt(open.desk, renewing, parts.openBrowser);
        }
        await lock();
        return parts.locked();
      }),
    },
    close: () => provider.cancel(null),
  };
};
