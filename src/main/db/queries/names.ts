import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { ReadableDb, WritableDb } from '../handles.ts';
import { idFromBytes, idToBytes } from '../id-bytes.ts';

/** What a record and group are: repeated in every change, so numbered once in the case file. */
export type Shape = {
  readonly kind: string;
  readonly compartment: string;
  readonly group: string;
};

export type Author = {
  readonly personId: Id;
  readonly profession: string;
  readonly taskClass: string;
};

const shapeByNumber =
  'SELECT kind, compartment, group_name AS "group" FROM shape WHERE shape_no = ?';
const authorByNumber = 'SELECT person_id, profession, task_class FROM author WHERE author_no = ?';

/**
 * Numbers read so far, per connection. Only numbers that were read back from the file are kept, and a
 * number once committed never changes its meaning, so the cache can be old but not wrong. The one danger,
 * a number given inside a transaction that rolls back, is met by `forgetNames`.
 */
type Known = {
  readonly shapes: Map<number, Shape>;
  readonly authors: Map<number, Author>;
  readonly shapeNumbers: Map<string, number>;
  readonly authorNumbers: Map<string, number>;
};

const knownBy = new WeakMap<ReadableDb, Known>();

const known = (db: ReadableDb): Known => {
  const found = knownBy.get(db);
  if (found) return found;
  const fresh: Known = {
    shapes: new Map(),
    authors: new Map(),
    shapeNumbers: new Map(),
    authorNumbers: new Map(),
  };
  knownBy.set(db, fresh);
  return fresh;
};

/** To be called when a transaction that wrote changes has rolled back. */
export const forgetNames = (db: ReadableDb): void => {
  knownBy.delete(db);
};

export const shapeOf = (db: ReadableDb, shapeNo: number): Shape => {
  const { shapes } = known(db);
  const cached = shapes.get(shapeNo);
  if (cached) return cached;
  const row = db.first<Shape>(shapeByNumber, [shapeNo]);
  if (!row) throw new Error(`Case file names no shape ${shapeNo}`);
  shapes.set(shapeNo, row);
  return row;
};

export const authorOf = (db: ReadableDb, authorNo: number): Author => {
  const { authors } = known(db);
  const cached = authors.get(authorNo);
  if (cached) return cached;
  const row = db.first<{ person_id: Buffer; profession: string; task_class: string }>(
    authorByNumber,
    [authorNo],
  );
  if (!row) throw new Error(`Case file names no author ${authorNo}`);
  const author = {
    personId: idFromBytes(row.person_id),
    profession: row.profession,
    taskClass: row.task_class,
  };
  authors.set(authorNo, author);
  return author;
};

export const shapeNumber = (
  db: WritableDb,
  change: Pick<Change, 'kind' | 'compartment' | 'group'>,
): number => {
  const { shapeNumbers } = known(db);
  const key = `${change.kind}\u0000${change.compartment}\u0000${change.group}`;
  const cached = shapeNumbers.get(key);
  if (cached !== undefined) return cached;
  const names = [change.kind, change.compartment, change.group];
  db.run(
    'INSERT INTO shape (kind, compartment, group_name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    names,
  );
  const number = db.value<number>(
    'SELECT shape_no FROM shape WHERE kind = ? AND compartment = ? AND group_name = ?',
    names,
  );
  if (number === undefined) throw new Error('A shape just written cannot be read');
  shapeNumbers.set(key, number);
  return number;
};

export const authorNumber = (
  db: WritableDb,
  change: Pick<Change, 'authorId' | 'profession' | 'taskClass'>,
): number => {
  const { authorNumbers } = known(db);
  const key = `${change.authorId}\u0000${change.profession}\u0000${change.taskClass}`;
  const cached = authorNumbers.get(key);
  if (cached !== undefined) return cached;
  const names = [idToBytes(change.authorId), change.profession, change.taskClass];
  db.run(
    'INSERT INTO author (person_id, profession, task_class) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    names,
  );
  const number = db.value<number>(
    'SELECT author_no FROM author WHERE person_id = ? AND profession = ? AND task_class = ?',
    names,
  );
  if (number === undefined) throw new Error('An author just written cannot be read');
  authorNumbers.set(key, number);
  return number;
};
