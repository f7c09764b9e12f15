import type { Problem } from '#shared/contract/calls.ts';
import type { RegionTrouble } from '../syncing/region-client.ts';

/** What the region says of the question itself; the rest is about the line or the session. */
const aboutTheQuestion: ReadonlySet<string> = new Set(['no-access', 'not-acceptable', 'not-found']);

/** Why the region did not answer, as a code that the window has words for. */
export const regionProblem = (trouble: RegionTrouble): Problem => {
  const seconds = 'retryAfterSeconds' in trouble ? trouble.retryAfterSeconds : undefined;
  const later = seconds === undefined ? {} : { retryAfterSeconds: seconds };
  if (trouble.kind !== 'refused') return { code: `region-${trouble.kind}`, ...later };
  const { code, path, problem } = trouble;
  return {
    code: aboutTheQuestion.has(code) ? code : `region-${code}`,
    ...(path === undefined ? {} : { path }),
    ...(problem === undefined ? {} : { problem }),
    ...later,
  };
};
