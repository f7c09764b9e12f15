import { z } from 'zod';
import { appendOnlyKindSince, decide } from './group.ts';

/**
 * Kuittaus suunnitelmasta: somebody has read the plan as it stood. One for each compartment that was read,
 * lying in that compartment, so that it tells of no part to those who do not see it. Written once: who had
 * read which version stays told, whatever is read later. Who and when is the change's own author and time.
 */
export const planAcknowledgment = appendOnlyKindSince(3, {
  version: decide({
    /** Which version was read: see `domain/plan-version.ts`. */
    digest: z.string().regex(/^[0-9a-f]{64}$/u, 'not-a-digest'),
  }),
});
