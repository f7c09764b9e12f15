import { entryOf } from '../online/asker-entry.ts';
import type { Asker, OnlineRefusal } from '../online/online-handlers.ts';
import { writeUse } from '../use-log/write-use.ts';
import type { Transaction } from '../../db/pool.ts';
import type { Id } from '#shared/domain/ids.ts';

export const notAcceptable = (path: string, problem: string): OnlineRefusal => ({
  code: 'not-acceptable',
  path,
  problem,
});

/** Logs an act of administration in the transaction that carries it out. */
export const logAdministration = (
  tx: Transaction,
  asker: Asker,
  screen: string,
  subjectId: Id | null,
  more: { readonly reason?: string; readonly count?: number } = {},
): Promise<void> =>
  writeUse(tx, [
    entryOf(asker, {
      action: 'administration',
      what: { screen, ...(subjectId === null ? {} : { subjectId }), ...more },
    }),
  ]);

/** A text to find within another, with the signs that LIKE takes for its own written out. */
export const likePattern = (search: string): string =>
  `%${search.trim().replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`;
