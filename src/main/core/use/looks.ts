import type { UseAction } from '#shared/domain/use-log/entry.ts';
import type { NewUse } from './new-use.ts';

/** One entry tells of so long a use. */
const lookMs = 600_000;

/**
 * What goes on as one look while it is repeated, as when a screen is read anew after an edit. Anything else
 * is logged each time.
 */
const continuing: ReadonlySet<UseAction> = new Set([
  'view',
  'search-result',
  'search-hit',
  'history',
]);

export type Looks = {
  /** Of these, what the log does not tell of yet. */
  readonly due: (uses: readonly NewUse[]) => readonly NewUse[];
  /** They are in the log now. */
  readonly noted: (uses: readonly NewUse[]) => void;
};

type Look = { readonly compartments: ReadonlySet<string>; readonly atMs: number };

/** Of history it matters which: the client's, one group's, the plan of a day. Of a meeting, who is there. */
const keyOf = ({ caseId, register, action, role, ground, basisId, what }: NewUse): string => {
  const which = action === 'history' || what.subjectId !== undefined ? JSON.stringify(what) : '';
  return [caseId, register, action, role, ground, basisId, which].join(' ');
};

/**
 * What a look is: one entry per client, register and ten minutes of use by the person at this desk; a new
 * one sooner when parts were added, something else is done, or it rests on another right. A look that goes
 * on past ten minutes is logged again. One of these belongs to one open desk.
 * @param now milliseconds since 1970, UTC
 */
export const createLooks = (now: () => number): Looks => {
  const last = new Map<string, Look>();

  const isTold = (use: NewUse): boolean => {
    const look = last.get(keyOf(use));
    if (!look || !continuing.has(use.action)) return false;
    const age = now() - look.atMs;
    // A clock set back makes no look last longer.
    const goesOn = age >= 0 && age < lookMs;
    return goesOn && use.compartments.every((part) => look.compartments.has(part));
  };

  return {
    due: (uses) => uses.filter((use) => !isTold(use)),
    noted: (uses) => {
      for (const use of uses) {
        last.set(keyOf(use), { compartments: new Set(use.compartments), atMs: now() });
      }
    },
  };
};
