import { foundation } from './0001-foundation.ts';
import { recordsMigration } from './0002-records.ts';
import { nameSearchMigration } from './0003-name-search.ts';
import { rightsMigration } from './0004-rights.ts';
import { useLogMigration } from './0005-use-log.ts';
import { historyMigration } from './0006-history.ts';
import { setAsideMigration } from './0007-set-aside.ts';
import { unseenChangesMigration } from './0008-unseen-changes.ts';
import { workListMigration } from './0009-work-list.ts';
import { pinnedClientsMigration } from './0010-pinned-clients.ts';
import { reviewsDueMigration } from './0011-reviews-due.ts';
import { seenBeforeMigration } from './0012-seen-before.ts';
import type { Migration } from './migrations.ts';

/** In order, without gaps. A migration that has shipped never changes: a later one corrects it. */
export const migrations: readonly Migration[] = [
  foundation,
  recordsMigration,
  nameSearchMigration,
  rightsMigration,
  useLogMigration,
  historyMigration,
  setAsideMigration,
  unseenChangesMigration,
  workListMigration,
  pinnedClientsMigration,
  reviewsDueMigration,
  seenBeforeMigration,
];
