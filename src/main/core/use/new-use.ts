import type { UseEntry } from '#shared/domain/use-log/entry.ts';

/** What a look, print or export of this desk's person adds to the log; the rest of the entry is filled in. */
export type NewUse = Pick<
  UseEntry,
  'action' | 'role' | 'caseId' | 'register' | 'compartments' | 'what' | 'ground' | 'basisId'
>;
