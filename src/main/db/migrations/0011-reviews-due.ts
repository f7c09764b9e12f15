import type { Migration } from './migrations.ts';

/** The list of clients names no review of a plan that has ended: rows made before that are worked out anew. */
export const reviewsDueMigration: Migration = {
  number: 11,
  name: 'reviews due',
  up: `
    INSERT OR IGNORE INTO work_pending (case_no)
      SELECT case_no FROM client_index WHERE review_date IS NOT NULL;
  `,
};
