import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { canonicalJson, type Json } from '#shared/lib/canonical-json.ts';
import type { PullResponse } from '#shared/protocol/pull.ts';
import { packed, unpacked } from '../plans/frames.ts';
import type { PeerArm } from '../plans/replica.ts';
import { openActualStore } from './actual-store.ts';
import { peerPackage } from './packages/peer-package.ts';
import { pouchIn, replicationOptions, type PouchDocument } from './pouchdb.ts';
import { sizeOfFolder } from './pouchdb-replica.ts';
import { openRxStore, type RxDocument } from './rxdb.ts';
import { addressed, addressOf, openUpdateStore } from './update-store.ts';

/** What a first sync by a peer brings onto the device; read back after the clock has stopped. */
export type PeerFirstSync = {
  readonly load: () => Promise<void>;
  readonly contents: () => Promise<readonly (readonly [Id, string])[]>;
  readonly bytes: () => number;
  readonly close: () => Promise<void> | void;
};

export type PeerPlace = {
  readonly folder: string;
  /** Pages as this peer's server would send them, or its database. */
  readonly url: string;
};

/** Makes this peer's pages of the program's; null when it takes the program's own pages, or none. */
export type PreparePage = ((page: PullResponse) => Uint8Array) | null;

export type PeerFirstSyncArm = {
  readonly preparing: (folder: string) => Promise<PreparePage>;
  readonly open: (place: PeerPlace) => Promise<PeerFirstSync>;
};

type Kept = Omit<Change, 'id' | 'parents'>;

const keptOf = ({ id: _id, parents: _parents, ...kept }: Change): Kept => kept;

/** Keys in their own order: some peers keep no other. */
export const contentOf = (id: Id, kept: { readonly value: unknown }): readonly [Id, string] => [
  id,
  canonicalJson(kept.value as Json),
];

/** Pages from the page server, until one is missing. */
async function* pagesFrom(url: string): AsyncGenerator<Buffer, void> {
  for (let number = 0; ; number += 1) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ cursor: String(number) }),
    });
    const body = Buffer.from(await response.arrayBuffer());
    if (!response.ok) return;
    yield body;
  }
}

/** One document a client, made by the server and kept on the device as it came. */
type DocumentType = {
  readonly make: (records: Readonly<Record<Id, Kept>>) => Uint8Array;
  /** Loads it, as any use would. */
  readonly open: (bytes: Uint8Array) => Readonly<Record<Id, Kept>>;
  readonly check: (bytes: Uint8Array) => void;
};

const documentArm = (documents: () => Promise<DocumentType>): PeerFirstSyncArm => ({
  preparing: async () => {
    const { make } = await documents();
    const numbers = new Map<Id, number>();
    return (page) =>
      packed(
        [...Map.groupBy(page.changes, ({ change }) => change.caseId)].map(([caseId, changes]) => {
          numbers.set(caseId, numbers.get(caseId) ?? numbers.size);
          return addressed(
            numbers.get(caseId) ?? 0,
            make(Object.fromEntries(changes.map(({ change }) => [change.id, keptOf(change)]))),
          );
        }),
      );
  },
  open: async ({ folder, url }) => {
    const { open, check } = await documents();
    const store = openUpdateStore(folder);
    return {
      load: async () => {
        for await (const page of pagesFrom(url)) {
          const updates = unpacked(page).map(addressOf);
          for (const [, update] of updates) check(update);
          store.addAll(updates);
        }
      },
      contents: () =>
        Promise.resolve(
          store
            .all()
            .flatMap((update) =>
              Object.entries(open(update)).map(([id, record]) => contentOf(id, record)),
            ),
        ),
      bytes: store.bytes,
      close: store.close,
    };
  },
});

type YDoc = { readonly getMap: (name: string) => YMap };
type YMap = {
  readonly set: (key: string, value: unknown) => void;
  readonly toJSON: () => Readonly<Record<Id, Kept>>;
};
type Yjs = {
  readonly Doc: new () => YDoc;
  readonly applyUpdate: (doc: YDoc, update: Uint8Array) => void;
  readonly encodeStateAsUpdate: (doc: YDoc) => Uint8Array;
};

const yjsDocuments = async (): Promise<DocumentType> => {
  const yjs = await peerPackage<Yjs>('yjs');
  const load = (bytes: Uint8Array): YMap => {
    const doc = new yjs.Doc();
    yjs.applyUpdate(doc, bytes);
    return doc.getMap('records');
  };
  return {
    make: (records) => {
      const doc = new yjs.Doc();
      for (const [id, record] of Object.entries(records)) doc.getMap('records').set(id, record);
      return yjs.encodeStateAsUpdate(doc);
    },
    open: (bytes) => load(bytes).toJSON(),
    check: (bytes) => void load(bytes),
  };
};

type Automerge = {
  readonly from: (value: object) => Readonly<Record<Id, Kept>>;
  readonly save: (doc: object) => Uint8Array;
  readonly load: (bytes: Uint8Array) => Readonly<Record<Id, Kept>>;
  readonly toJS: (doc: object) => Readonly<Record<Id, Kept>>;
  readonly free: (doc: object) => void;
};

const automergeDocuments = async (): Promise<DocumentType> => {
  const automerge = await peerPackage<Automerge>('@automerge/automerge');
  return {
    make: (records) => {
      const doc = automerge.from(records);
      const bytes = automerge.save(doc);
      automerge.free(doc);
      return bytes;
    },
    open: (bytes) => {
      const doc = automerge.load(bytes);
      const records = automerge.toJS(doc);
      automerge.free(doc);
      return records;
    },
    check: (bytes) => automerge.free(automerge.load(bytes)),
  };
};

const dataset = 'records';

const actualArm: PeerFirstSyncArm = {
  preparing: async (folder) => {
    const store = await openActualStore(folder, 9);
    return (page) =>
      packed(
        store.write(
          page.changes.flatMap(({ change }) => {
            const { value, ...envelope } = keptOf(change);
            return [
              { dataset, row: change.id, column: 'envelope', value: JSON.stringify(envelope) },
              { dataset, row: change.id, column: 'value', value: JSON.stringify(value) },
            ];
          }),
        ),
      );
  },
  open: async ({ folder, url }) => {
    const store = await openActualStore(folder, 1);
    return {
      load: async () => {
        for await (const page of pagesFrom(url)) store.apply(unpacked(page));
      },
      contents: () =>
        Promise.resolve(
          [...store.rowsOf(dataset)].map(([id, fields]) =>
            contentOf(id, { value: JSON.parse(fields.get('value') ?? 'null') as unknown }),
          ),
        ),
      bytes: store.bytes,
      close: store.close,
    };
  },
};

const text = { type: 'string' } as const;
const recordSchema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 36 },
    recordId: text,
    kind: text,
    caseId: text,
    compartment: text,
    group: text,
    value: { type: 'object' },
    authorId: text,
    profession: text,
    taskClass: text,
    time: text,
    schema: { type: 'number' },
  },
};

const rxdbArm: PeerFirstSyncArm = {
  preparing: () => Promise.resolve(null),
  open: async ({ url }) => {
    const store = await openRxStore('first', recordSchema);
    const pages = pagesFrom(url);
    let number = 0;
    return {
      load: () =>
        store.replicate(
          {
            pull: async () => {
              const page = await pages.next();
              number += 1;
              const checkpoint = { seq: number };
              if (page.done) return { documents: [], checkpoint };
              const { changes } = JSON.parse(page.value.toString('utf8')) as PullResponse;
              const documents = changes.map(({ change }): RxDocument => ({
                id: change.id,
                ...keptOf(change),
                _deleted: false,
              }));
              return { documents, checkpoint };
            },
            push: () => Promise.resolve([]),
          },
          // A page has as many as it has: only an empty one is the last.
          1,
        ),
      contents: async () =>
        (await store.collection.find().exec()).map((doc) =>
          contentOf(String(doc.get('id')), { value: plain(doc.get('value')) }),
        ),
      bytes: () => 0,
      close: store.close,
    };
  },
};

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

const pouchdbArm: PeerFirstSyncArm = {
  preparing: () => Promise.resolve(null),
  open: async ({ folder, url }) => {
    const Pouch = await pouchIn(folder);
    const database = new Pouch('first');
    return {
      load: async () => {
        await database.replicate.from(url, replicationOptions);
      },
      contents: async () =>
        (await database.allDocs({ include_docs: true })).rows.flatMap(({ doc }) =>
          doc ? [contentOf(doc._id, doc as PouchDocument & { readonly value: unknown })] : [],
        ),
      bytes: () => sizeOfFolder(folder),
      close: () => database.close(),
    };
  },
};

export const firstSyncArms: Readonly<Record<PeerArm, PeerFirstSyncArm>> = {
  yjs: documentArm(yjsDocuments),
  automerge: documentArm(automergeDocuments),
  actual: actualArm,
  rxdb: rxdbArm,
  pouchdb: pouchdbArm,
};
