import { peerPackage } from './packages/peer-package.ts';

export type PouchDocument = { readonly _id: string; readonly _rev?: string };

/** As far as it is used: https://pouchdb.com/api.html */
export type PouchDatabase = {
  readonly get: (id: string) => Promise<PouchDocument>;
  readonly put: (doc: PouchDocument) => Promise<unknown>;
  readonly bulkDocs: (docs: readonly PouchDocument[]) => Promise<unknown>;
  readonly allDocs: (ask: { include_docs: boolean }) => Promise<{
    readonly rows: readonly { readonly doc?: PouchDocument }[];
  }>;
  readonly replicate: {
    readonly to: (url: string, options: object) => Promise<{ readonly ok: boolean }>;
    readonly from: (url: string, options: object) => Promise<{ readonly ok: boolean }>;
  };
  readonly close: () => Promise<void>;
};
export type Pouch = {
  new (name: string): PouchDatabase;
  readonly defaults: (options: { prefix: string }) => Pouch;
};

/** PouchDB over LevelDB in this folder. */
export const pouchIn = async (folder: string): Promise<Pouch> => {
  const { default: pouch } = await peerPackage<{ readonly default: Pouch }>('pouchdb');
  return pouch.defaults({ prefix: `${folder}/` });
};

export const replicationOptions = { batch_size: 500, batches_limit: 2 } as const;
