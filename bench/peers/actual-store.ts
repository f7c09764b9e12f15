import fs from 'node:fs';
import path from 'node:path';
import { openDriver } from '#main/db/file/driver.ts';
import { peerPackage } from './packages/peer-package.ts';

type Timestamp = { readonly toString: () => string };
type Clock = { merkle: object };

/** As far as it is used: https://github.com/actualbudget/actual, packages/crdt */
export type ActualCrdt = {
  readonly Timestamp: {
    new (millis: number, counter: number, node: string): Timestamp;
    readonly send: () => Timestamp | null;
    readonly recv: (seen: Timestamp) => Timestamp | null;
    readonly parse: (text: string) => Timestamp | null;
  };
  readonly merkle: {
    readonly insert: (trie: object, timestamp: Timestamp) => object;
    readonly prune: (trie: object) => object;
  };
  readonly makeClock: (timestamp: Timestamp) => Clock;
  readonly setClock: (clock: Clock) => void;
  readonly serializeClock: (clock: Clock) => string;
  readonly MessageSchema: unknown;
  readonly create: (schema: unknown, content: object) => unknown;
  readonly toBinary: (schema: unknown, message: unknown) => Uint8Array;
  readonly fromBinary: (schema: unknown, bytes: Uint8Array) => object;
};

/** One field of one row, as the package's message carries it. */
export type Message = {
  readonly dataset: string;
  readonly row: string;
  readonly column: string;
  readonly value: string;
};
export type Stamped = Message & { readonly timestamp: string };

export type ActualStore = {
  /** Stamps and applies messages of this device: one commit. @returns what travels */
  readonly write: (messages: readonly Message[]) => readonly Uint8Array[];
  /** Applies what came: one commit. */
  readonly apply: (parts: readonly Uint8Array[]) => void;
  readonly rowsOf: (dataset: string) => ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly bytes: () => number;
  readonly close: () => void;
};

/** The length of a timestamp's text, which goes before the message as in the package's envelope. */
const timestampLength = 46;

/**
 * A store as Actual keeps one: every message in a table, the newest of each field in another, the clock with
 * its tree of hashes after every batch. Fields are decided one by one, the latest stamp wins.
 */
export const openActualStore = async (folder: string, node: number): Promise<ActualStore> => {
  const crdt = await peerPackage<ActualCrdt>('@actual-app/crdt');
  const file = path.join(folder, 'actual.db');
  const driver = openDriver(file);
  driver.pragma('journal_mode = WAL');
  driver.pragma('synchronous = NORMAL');
  driver.exec(`
    CREATE TABLE messages_crdt (id INTEGER PRIMARY KEY, timestamp TEXT NOT NULL UNIQUE,
      dataset TEXT NOT NULL, row TEXT NOT NULL, "column" TEXT NOT NULL, value BLOB NOT NULL);
    CREATE INDEX messages_search ON messages_crdt (dataset, row, "column", timestamp);
    CREATE TABLE messages_clock (id INTEGER PRIMARY KEY, clock TEXT);
    CREATE TABLE field (dataset TEXT, row TEXT, "column" TEXT, value TEXT,
      PRIMARY KEY (dataset, row, "column")) WITHOUT ROWID`);
  const newer = driver.prepare(
    'SELECT 1 FROM messages_crdt WHERE dataset = ? AND row = ? AND "column" = ? AND timestamp >= ? LIMIT 1',
  );
  const insert = driver.prepare(
    'INSERT OR IGNORE INTO messages_crdt (timestamp, dataset, row, "column", value) VALUES (?, ?, ?, ?, ?)',
  );
  const show = driver.prepare(`INSERT INTO field VALUES (?, ?, ?, ?)
    ON CONFLICT (dataset, row, "column") DO UPDATE SET value = excluded.value`);
  const saveClock = driver.prepare('INSERT OR REPLACE INTO messages_clock VALUES (1, ?)');

  const id = node.toString(16).padStart(16, '0');
  const clock = crdt.makeClock(new crdt.Timestamp(0, 0, id));
  const applyAll = (messages: readonly Stamped[]): void => {
    driver.exec('BEGIN');
    for (const { dataset, row, column, value, timestamp } of messages) {
      const isNewest = newer.get(dataset, row, column, timestamp) === undefined;
      const { changes } = insert.run(timestamp, dataset, row, column, value);
      if (isNewest) show.run(dataset, row, column, value);
      const stamp = crdt.Timestamp.parse(timestamp);
      if (changes > 0 && stamp) clock.merkle = crdt.merkle.insert(clock.merkle, stamp);
    }
    clock.merkle = crdt.merkle.prune(clock.merkle);
    saveClock.run(crdt.serializeClock(clock));
    driver.exec('COMMIT');
  };
  const encoded = ({ timestamp, ...message }: Stamped): Uint8Array =>
    Buffer.concat([
      Buffer.from(timestamp, 'latin1'),
      crdt.toBinary(crdt.MessageSchema, crdt.create(crdt.MessageSchema, message)),
    ]);
  const decoded = (part: Uint8Array): Stamped => ({
    ...(crdt.fromBinary(crdt.MessageSchema, part.subarray(timestampLength)) as Message),
    timestamp: Buffer.from(part.subarray(0, timestampLength)).toString('latin1'),
  });
  return {
    write: (messages) => {
      // The package's clock is one for the whole process: whoever works takes it over.
      crdt.setClock(clock);
      const stamped = messages.map((message): Stamped => {
        const stamp = crdt.Timestamp.send();
        if (!stamp) throw new Error('The clock gave no stamp');
        return { ...message, timestamp: stamp.toString() };
      });
      applyAll(stamped);
      return stamped.map(encoded);
    },
    apply: (parts) => {
      crdt.setClock(clock);
      const messages = parts.map(decoded);
      for (const { timestamp } of messages) {
        const stamp = crdt.Timestamp.parse(timestamp);
        if (stamp) crdt.Timestamp.recv(stamp);
      }
      applyAll(messages);
    },
    rowsOf: (dataset) => {
      const rows = new Map<string, Map<string, string>>();
      const found = driver
        .prepare('SELECT row, "column" AS name, value FROM field WHERE dataset = ?')
        .all(dataset) as { readonly row: string; readonly name: string; readonly value: string }[];
      for (const { row, name, value } of found) {
        const fields = rows.get(row) ?? new Map<string, string>();
        fields.set(name, value);
        rows.set(row, fields);
      }
      return rows;
    },
    bytes: () => {
      driver.pragma('wal_checkpoint(TRUNCATE)');
      return fs.statSync(file).size;
    },
    close: () => void driver.close(),
  };
};
