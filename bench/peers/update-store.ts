import fs from 'node:fs';
import path from 'node:path';
import { openDriver } from '#main/db/file/driver.ts';

/** Updates of documents as they came, in plain SQLite: what a store beside a document type keeps. */
export type UpdateStore = {
  /** One update, one commit. */
  readonly add: (document: number, update: Uint8Array) => void;
  /** Many updates, one commit. */
  readonly addAll: (updates: readonly (readonly [document: number, update: Uint8Array])[]) => void;
  readonly all: () => readonly Uint8Array[];
  readonly bytes: () => number;
  readonly close: () => void;
};

export const openUpdateStore = (folder: string): UpdateStore => {
  const file = path.join(folder, 'updates.db');
  const driver = openDriver(file);
  driver.pragma('journal_mode = WAL');
  driver.pragma('synchronous = NORMAL');
  driver.exec(
    'CREATE TABLE document_update (seq INTEGER PRIMARY KEY, document INTEGER, body BLOB)',
  );
  const insert = driver.prepare('INSERT INTO document_update (document, body) VALUES (?, ?)');
  return {
    add: (document, update) => void insert.run(document, update),
    addAll: (updates) => {
      driver.exec('BEGIN');
      for (const [document, update] of updates) insert.run(document, update);
      driver.exec('COMMIT');
    },
    all: () =>
      (
        driver.prepare('SELECT body FROM document_update ORDER BY seq').all() as {
          readonly body: Uint8Array;
        }[]
      ).map(({ body }) => body),
    bytes: () => {
      driver.pragma('wal_checkpoint(TRUNCATE)');
      return fs.statSync(file).size;
    },
    close: () => void driver.close(),
  };
};

/** An update with the document that it belongs to, as it travels. */
export const addressed = (document: number, update: Uint8Array): Uint8Array => {
  const head = Buffer.alloc(2);
  head.writeUInt16LE(document);
  return Buffer.concat([head, update]);
};

export const addressOf = (part: Buffer): readonly [document: number, update: Uint8Array] => [
  part.readUInt16LE(0),
  new Uint8Array(part.subarray(2)),
];
