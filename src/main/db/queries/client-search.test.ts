import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Id } from '#shared/domain/ids.ts';
import { foldForSearch } from '#shared/domain/search-fold.ts';
import { putUnit } from './directory.ts';
import { ensureCase } from './cases.ts';
import { eraseClientIndex, writeClientIndex } from './client-index.ts';
import { searchClients, type ClientSearch } from './client-search.ts';
import { finnishSortKey } from './finnish-sort-key.ts';
import type { WritableDb } from '../handles.ts';
import { createCaseFile } from '../file/create-case-file.ts';
import { openCaseFile } from '../file/open-case-file.ts';
import { migrations } from '../migrations/index.ts';
import { caseFileIn, newCaseFileOptions, valueOf } from '../testing/case-file-fixture.ts';
import { temporaryFolders } from '../testing/temporary-folder.ts';

const newFolder = temporaryFolders();

const newFile = async () =>
  valueOf(await createCaseFile({ ...newCaseFileOptions(caseFileIn(newFolder())), migrations }));

const idOf = (index: number): Id => `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;

type Name = { readonly familyName: string; readonly givenNames: string };

const wordsOf = (text: string): readonly string[] => [
  ...new Set(
    foldForSearch(text)
      .split(/[\s,]+/u)
      .filter((word) => word !== ''),
  ),
];

const write = (db: WritableDb, index: number, name: Name, unitId: Id | null = null): void => {
  const full = `${name.familyName} ${name.givenNames}`;
  const row = {
    ...name,
    sortName: finnishSortKey(full),
    personalIdentityCode: null,
    birthDate: null,
    unitId,
    custodianId: null,
    reviewDate: null,
    track: null,
    restraint: false,
  };
  writeClientIndex(db, ensureCase(db, idOf(index)).caseNo, row, wordsOf(full));
};

const everybody = { sort: 'name', descending: false, offset: 0, limit: 500 } as const;

const find = (db: WritableDb, typed: string, more: Partial<ClientSearch> = {}) =>
  searchClients(db, { ...everybody, ...more, words: wordsOf(typed) });

const names = [
  { familyName: 'Virtanen', givenNames: 'Virpi Viivi' },
  { familyName: 'Ö', givenNames: 'Li' },
  { familyName: 'Öhman', givenNames: 'Åke' },
  { familyName: 'af Hällström', givenNames: 'Aino' },
  { familyName: 'Virta-Nieminen', givenNames: 'Onni' },
] as const;

describe('finding clients', () => {
  test.each([
    ['', 5],
    ['v', 2],
    ['vi', 2],
    ['vir', 2],
    ['virt', 2],
    ['virtan', 1],
    ['VIRPI virta', 1],
    ['o', 3],
    ['ö li', 1],
    ['ohm a', 1],
    ['a h a', 1],
    ['nieminen', 0],
    ['vir x', 0],
    ['%', 0],
    ['_irt', 0],
    ["' OR 1=1", 0],
    ['\u{10ffff}', 0],
  ])('"%s" finds %i', async (typed, count) => {
    const { db, close } = await newFile();
    for (const [index, name] of names.entries()) write(db, index, name);
    const found = find(db, typed);
    expect(found.total).toBe(count);
    expect(found.rows).toHaveLength(count);
    close();
  });

  test('answers what looking at every client would, page by page, in the order asked', async () => {
    const { db, close } = await newFile();
    const part = fc.constantFrom('aa', 'ab', 'äb', 'b', 'ba', 'bab', 'abc', 'Ö', 'o');
    const name = fc.record({
      familyName: fc.array(part, { minLength: 1, maxLength: 2 }).map((parts) => parts.join('')),
      givenNames: fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' ')),
    });
    const typed = fc.array(fc.oneof(part, fc.constantFrom('a', 'abca', 'baa')), { maxLength: 3 });
    const known = new Map<number, Name>();
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 30 }), name), { maxLength: 8 }),
        fc.array(fc.nat({ max: 30 }), { maxLength: 2 }),
        typed,
        fc.boolean(),
        fc.nat({ max: 10 }),
        (written, erased, words, descending, offset) => {
          for (const [index, value] of written) {
            write(db, index, value);
            known.set(index, value);
          }
          for (const index of erased) {
            eraseClientIndex(db, ensureCase(db, idOf(index)).caseNo);
            known.delete(index);
          }
          const query = words.map((word) => foldForSearch(word));
          const expected = [...known]
            .map(([index, { familyName, givenNames }]) => {
              const full = `${familyName} ${givenNames}`;
              const caseNo = ensureCase(db, idOf(index)).caseNo;
              return { id: idOf(index), full, key: finnishSortKey(full), caseNo };
            })
            .filter(({ full }) =>
              query.every((word) => wordsOf(full).some((each) => each.startsWith(word))),
            )
            .toSorted((a, b) => (a.key === b.key ? a.caseNo - b.caseNo : a.key < b.key ? -1 : 1));
          const ordered = descending ? expected.toReversed() : expected;
          const found = find(db, words.join(' '), { descending, offset, limit: 5 });
          expect(found.total).toBe(expected.length);
          expect(found.rows.map(({ caseId }) => caseId)).toEqual(
            ordered.slice(offset, offset + 5).map(({ id }) => id),
          );
          // Another order answers the same clients.
          const byUnit = find(db, words.join(' '), { sort: 'unit' });
          expect(new Set(byUnit.rows.map(({ caseId }) => caseId))).toEqual(
            new Set(expected.map(({ id }) => id)),
          );
        },
      ),
      { numRuns: 200 },
    );
    for (const index of known.keys()) {
      eraseClientIndex(db, ensureCase(db, idOf(index)).caseNo);
    }
    expect(db.all('SELECT * FROM client_word')).toEqual([]);
    close();
  });

  test('migration 3 files the words that were there before it', async () => {
    const options = newCaseFileOptions(caseFileIn(newFolder()));
    const before = valueOf(
      await createCaseFile({ ...options, migrations: migrations.slice(0, 2) }),
    );
    for (const [index, { familyName, givenNames }] of names.entries()) {
      const { caseNo } = ensureCase(before.db, idOf(index));
      const full = `${familyName} ${givenNames}`;
      before.db.run(
        `INSERT INTO client_index (case_no, sort_name, family_name, given_names, restraint)
         VALUES (?, ?, ?, ?, 0)`,
        [caseNo, finnishSortKey(full), familyName, givenNames],
      );
      for (const word of wordsOf(full)) {
        before.db.run('INSERT INTO client_word (word, case_no) VALUES (?, ?)', [word, caseNo]);
      }
    }
    before.close();
    const after = valueOf(await openCaseFile({ path: options.path, secrets: options.secrets }));
    const filed = 'SELECT word, sort_name, case_no FROM client_word';
    const migrated = after.db.all(filed);
    expect(find(after.db, 'vir vii').total).toBe(1);
    for (const index of names.keys()) {
      eraseClientIndex(after.db, ensureCase(after.db, idOf(index)).caseNo);
    }
    expect(after.db.all(filed)).toEqual([]);
    for (const [index, name] of names.entries()) write(after.db, index, name);
    expect(migrated).toEqual(after.db.all(filed));
    after.close();
  });
});

describe('finding clients by unit', () => {
  test.each([
    ['koivu', ['Virtanen', 'Öhman']],
    ['koivurannan kotihoito', ['Virtanen', 'Öhman']],
    ['åke koivu', ['Öhman']],
    ['hemvard', ['Ö']],
    ['virtanen hemvard', []],
    ['koivu hemvard', []],
  ])('%j finds those of the unit', async (typed, expected) => {
    const { db, close } = await newFile();
    const [home, swedish] = [idOf(90), idOf(91)];
    const unit = { municipality: 'Koivuranta', sector: 'joint' } as const;
    putUnit(db, { id: home, name: 'Koivurannan kotihoito', ...unit });
    putUnit(db, { id: swedish, name: 'Havsberga hemvård', ...unit });
    write(db, 1, names[0], home);
    write(db, 2, names[1], swedish);
    write(db, 3, names[2], home);
    write(db, 4, names[3]);
    const { total, rows } = find(db, typed);
    expect(rows.map((row) => row.familyName)).toEqual(expected);
    expect(total).toBe(expected.length);
    expect(find(db, typed, { sort: 'review' }).total).toBe(expected.length);
    close();
  });
});
