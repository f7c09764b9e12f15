import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Id } from '#shared/domain/ids.ts';
import { createCaseFile } from '../file/create-case-file.ts';
import { withTransaction } from '../handles.ts';
import { idFromBytes } from '../id-bytes.ts';
import { migrations } from '../migrations/index.ts';
import { caseFileIn, newCaseFileOptions, valueOf } from '../testing/case-file-fixture.ts';
import { temporaryFolders } from '../testing/temporary-folder.ts';
import { ensureCase } from './cases.ts';
import { replaceTexts, type IndexedText } from './text-index.ts';

const newFolder = temporaryFolders();

const idOf = (index: number): Id => `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;

const texts = fc.uniqueArray(
  fc.record({
    recordId: fc.nat({ max: 5 }).map(idOf),
    kind: fc.constant('need'),
    group: fc.constantFrom('heading', 'assessment'),
    body: fc.constantFrom('kaatui pihalla', 'söi hyvin', 'nukkui yön', 'pihalla käveli'),
  }),
  { selector: ({ recordId, group }) => `${recordId} ${group}`, maxLength: 8 },
);

const sayingOf = ({ recordId, group, body }: Omit<IndexedText, 'kind'>): string =>
  `${recordId} ${group} ${body}`;

test('any row of changes leaves the texts and the index that building anew would make', async () => {
  const { db, close } = valueOf(
    await createCaseFile({ ...newCaseFileOptions(caseFileIn(newFolder())), migrations }),
  );
  const cases = valueOf(
    withTransaction(db, () => [90, 91].map((index) => ensureCase(db, idOf(index)).caseNo)),
  );
  const indexed = (caseNo: number): readonly string[] =>
    db
      .all<{ record_id: Buffer; group_name: string; body: string }>(
        'SELECT record_id, group_name, body FROM text_row WHERE case_no = ?',
        [caseNo],
      )
      .map((row) =>
        sayingOf({ recordId: idFromBytes(row.record_id), group: row.group_name, body: row.body }),
      )
      .toSorted();
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...cases), texts), { minLength: 1 }), (steps) => {
      const last = new Map<number, readonly string[]>();
      for (const [caseNo, now] of steps) {
        valueOf(withTransaction(db, () => replaceTexts(db, caseNo, now)));
        last.set(caseNo, now.map(sayingOf).toSorted());
      }
      for (const [caseNo, sayings] of last) expect(indexed(caseNo)).toEqual(sayings);
      // An error when the index and the texts say different things.
      db.run("INSERT INTO text_index (text_index, rank) VALUES ('integrity-check', 1)");
    }),
    { numRuns: 60 },
  );
  close();
});

test('what stands already is not written again', async () => {
  const { db, close } = valueOf(
    await createCaseFile({ ...newCaseFileOptions(caseFileIn(newFolder())), migrations }),
  );
  const { caseNo } = valueOf(withTransaction(db, () => ensureCase(db, idOf(90))));
  const now = Array.from({ length: 200 }, (_, index) => ({
    recordId: idOf(index),
    kind: 'need',
    group: 'assessment',
    body: `Lause ${index}`,
  }));
  const rowsWritten = (fn: () => void): number => {
    const before = db.value<number>('SELECT total_changes()') ?? 0;
    valueOf(withTransaction(db, fn));
    return (db.value<number>('SELECT total_changes()') ?? 0) - before;
  };
  const built = rowsWritten(() => replaceTexts(db, caseNo, now));
  const edited = rowsWritten(() =>
    replaceTexts(db, caseNo, [{ ...now[0], body: 'Muuta' } as IndexedText, ...now.slice(1)]),
  );
  expect(edited).toBeLessThan(built / 20);
  close();
});
