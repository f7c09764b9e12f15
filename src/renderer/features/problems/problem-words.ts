import { useTranslation } from 'react-i18next';
import type { Problem } from '#shared/contract/calls.ts';

/** What happened, what is safe, what to do: by the problem's code. */
export const useProblemWords = (): ((problem: Problem) => string) => {
  const { t } = useTranslation('problems');
  return ({ code, retryAfterSeconds, waiting }) =>
    t([`codes.${code}`, 'codes.unexpected'], {
      count: retryAfterSeconds ?? waiting ?? 0,
      seconds: Math.max(1, Math.ceil(retryAfterSeconds ?? 1)),
      code,
    });
};

/** What is wrong with a field and how to mend it. */
export const useFieldProblemWords = (): ((code: string) => string) => {
  const { t } = useTranslation('problems');
  return (code) => t([`fields.${code}`, 'fields.bad-value']);
};
