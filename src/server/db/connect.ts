import { setTimeout as delay } from 'node:timers/promises';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { Database } from './pool.ts';
import { databaseTrouble } from './trouble.ts';

export type ConnectProblem =
  | { readonly code: 'away'; readonly seconds: number }
  /** Reached, but it refuses us or is not there: waiting would not help. */
  | { readonly code: 'refused'; readonly reason: string };

/** SQLSTATEs that no waiting mends: wrong password or role, no such database, no right to connect. */
const refusals = new Set(['28P01', '28000', '3D000', '42501']);

/**
 * Waits until the database answers.
 * @param onWaiting told before each pause, with the seconds left
 */
export const waitForDatabase = async (
  db: Database,
  patienceMs: number,
  onWaiting: (secondsLeft: number) => void,
): Promise<Result<true, ConnectProblem>> => {
  const until = Date.now() + patienceMs;
  for (let pause = 250; ; pause = Math.min(pause * 2, 5_000)) {
    try {
      await db.query('SELECT 1');
      return ok(true);
    } catch (error) {
      const code = (error as { readonly code?: unknown }).code;
      if (typeof code === 'string' && refusals.has(code)) {
        return err({ code: 'refused', reason: (error as Error).message });
      }
      if (databaseTrouble(error) === null) {
        return err({ code: 'refused', reason: (error as Error).message });
      }
      const left = until - Date.now();
      if (left <= 0) return err({ code: 'away', seconds: Math.round(patienceMs / 1_000) });
      onWaiting(Math.ceil(left / 1_000));
      await delay(Math.min(pause, left));
    }
  }
};
