import { expect, test } from 'vitest';

import { caseFileIn, newCaseFile } from '../testing/case-file-fixture.ts';
import { temporaryFolders } from '../testing/temporary-folder.ts';
import { foldForSearch } from '#shared/domain/search-fold.ts';

const newFolder = temporaryFolders();

/** A word as the index takes it: a phrase, in which nothing is an operator. */
const phrase = (word: string): string => `"${word.replaceAll('"', '""')}"`;

const texts = [
  'Äidin toive: avokuntoutus kahdesti viikossa',
  'Kotihoito käy aamulla, JÄÄSKELÄINEN',
  'Gárasavvonis áhkku orru oktii',
] as const;

test.each([
  ['aidin', 0],
  ['äidin', 0],
  ['ÄIDIN', 0],
  ['a\u0308idin', 0],
  ['kuntoutus', 0],
  ['jaaskel', 1],
  ['hoito käy', 1],
  ['garasavvon', 2],
])('the full-text index of this SQLite finds "%s"', async (word, row) => {
  const { db, close } = await newCaseFile(caseFileIn(newFolder()));
  db.execute(
    "CREATE VIRTUAL TABLE words USING fts5 (body, tokenize = 'trigram remove_diacritics 1')",
  );
  for (const [rowid, body] of texts.entries()) {
    db.run('INSERT INTO words (rowid, body) VALUES (?, ?)', [rowid, body]);
  }
  const find = 'SELECT rowid FROM words WHERE words MATCH ?';
  for (const query of [word, foldForSearch(word)]) {
    expect(db.all(find, [phrase(query)])).toEqual([{ rowid: row }]);
  }
  for (const hostile of ['" OR *', "'; DROP TABLE words; --", 'body:x NEAR(', '***', '\u0000']) {
    expect(db.all(find, [phrase(foldForSearch(hostile))])).toEqual([]);
  }
  close();
});
