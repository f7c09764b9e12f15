import { z } from 'zod';
import { idSchema } from '#shared/domain/ids.ts';
import { call, nothing, problemSchema } from './call.ts';
import { sessionState } from './views.ts';

/** The shortest secret that a person may choose for a case file made without a local account. */
export const shortestSecret = 12;

const attempt = z.strictObject({ attemptId: idSchema });

/** Signing in with the region's identity provider, in the system's browser (RFC 8252). */
export const sessionCalls = {
  /** How one may sign in to this region. Needs the network; a problem says that it could not be asked. */
  'session.ways': call(
    nothing,
    z.object({
      localAccounts: z.boolean(),
      /** The identity provider's host, for people to recognise; null where there is none. */
      provider: z.object({ host: z.string() }).nullable(),
    }),
  ),
  /**
   * Begins an attempt; an earlier one ends. `opened`: the system's browser shows the provider's page; else
   * the window opens `url` itself.
   */
  'session.beginProvider': call(
    z.strictObject({ language: z.enum(['fi', 'sv', 'en']) }),
    z.object({ attemptId: idSchema, url: z.string(), opened: z.boolean() }),
  ),
  'session.providerState': call(
    attempt,
    z.discriminatedUnion('state', [
      z.object({ state: z.literal('waiting') }),
      z.object({
        state: z.literal('ready'),
        name: z.string(),
        /** `existing`: the secret of the case file on this computer; `new`: one that is chosen now. */
        needsSecret: z.enum(['new', 'existing']),
      }),
      z.object({ state: z.literal('failed'), problem: problemSchema }),
    ]),
  ),
  /** Opens or makes the case file with the person's secret. A wrong one may be tried again. */
  'session.completeProvider': call(
    z.strictObject({ attemptId: idSchema, secret: z.string().max(1_000) }),
    sessionState,
  ),
  'session.cancelProvider': call(attempt, nothing),
  /**
   * Ends the session at the region and at the identity provider, and locks. The case file stays, and opens
   * with its own secret.
   */
  'session.signOut': call(nothing, sessionState),
} as const;
