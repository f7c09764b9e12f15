import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/contract/calls.ts';

/**
 * The words of the code, or the general ones for a code they do not know. What the region finds not
 * acceptable is told by what is wrong with it.
 */
const keysOf = ({ code, problem }: Problem): readonly string[] => [
  ...(code === 'not-acceptable' && problem !== undefined ? [`codes.${problem}`] : []),
  `codes.${code}`,
  'codes.unexpected',
];

/** What happened, what is safe, what to do: by the problem's code. */
export const useProblemWords = (): ((problem: Problem) => string) => {
  const { t } = useTranslation('problems');
  return (problem) => {
    const { code, retryAfterSeconds, waiting } = problem;
    return t([...keysOf(problem)], {
      count: retryAfterSeconds ?? waiting ?? 0,
      seconds: Math.max(1, Math.ceil(retryAfterSeconds ?? 1)),
      code,
    });
  };
};

/** What is wrong with a field and how to mend it. */
export const useFieldProblemWords = (): ((code: string) => string) => {
  const { t } = useTranslation('problems');
  return (code) => t([`fields.${code}`, 'fields.bad-value']);
};
