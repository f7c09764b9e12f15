import type { Migration } from './migrations.ts';

/**
 * The words by which clients are found, in the order in which they are shown: a page of what begins with
 * the letters typed is then one range of one tree, however many clients match. Begun words of one and two
 * letters, which match the most, have rows of their own (`client-words.ts`).
 */
export const nameSearchMigration: Migration = {
  number: 3,
  name: 'name search',
  up: `
    -- Each word with a space before it; what a client is found by beside the first word typed.
    ALTER TABLE client_index ADD COLUMN words TEXT NOT NULL DEFAULT '';
    UPDATE client_index SET words = coalesce(
      (SELECT ' ' || group_concat(w.word, ' ') FROM client_word w
       WHERE w.case_no = client_index.case_no), '');

    ALTER TABLE client_word RENAME TO old_client_word;
    DROP INDEX client_word_case;
    CREATE TABLE client_word (
      word TEXT NOT NULL,
      sort_name TEXT NOT NULL,
      case_no INTEGER NOT NULL,
      PRIMARY KEY (word, sort_name, case_no)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO client_word (word, sort_name, case_no)
      SELECT w.word, i.sort_name, w.case_no
      FROM old_client_word w JOIN client_index i ON i.case_no = w.case_no
      WHERE length(w.word) > 2
      UNION
      SELECT char(1) || substr(w.word, 1, 1), i.sort_name, w.case_no
      FROM old_client_word w JOIN client_index i ON i.case_no = w.case_no
      UNION
      SELECT char(1) || substr(w.word, 1, 2), i.sort_name, w.case_no
      FROM old_client_word w JOIN client_index i ON i.case_no = w.case_no
      WHERE length(w.word) > 1;
    DROP TABLE old_client_word;
  `,
};
