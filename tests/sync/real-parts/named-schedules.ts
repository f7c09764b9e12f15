import type { Schedule } from './steps.ts';

/** Schedules that once failed: each is the shortest that shows it. The first number names the rule. */
export const namedSchedules: readonly (Schedule & { readonly name: string })[] = [];
