import { peerPackage } from './packages/peer-package.ts';

/** As far as it is used: https://rxdb.info */
export type RxDocument = Readonly<Record<string, unknown>>;
export type RxHeldDocument = {
  readonly get: (field: string) => unknown;
  readonly incrementalPatch: (fields: RxDocument) => Promise<unknown>;
};
export type RxCollection = {
  readonly findOne: (id: string) => { readonly exec: () => Promise<RxHeldDocument | null> };
  readonly find: () => { readonly exec: () => Promise<readonly RxHeldDocument[]> };
  readonly count: () => { readonly exec: () => Promise<number> };
};
type RxDatabase = {
  readonly addCollections: (asked: object) => Promise<Readonly<Record<string, RxCollection>>>;
  readonly close: () => Promise<unknown>;
};
type RxCore = {
  readonly createRxDatabase: (options: object) => Promise<RxDatabase>;
};
type Replication = {
  readonly awaitInitialReplication: () => Promise<unknown>;
  readonly cancel: () => Promise<unknown>;
};
export type PushRow = {
  readonly newDocumentState: RxDocument;
  readonly assumedMasterState?: RxDocument;
};
export type RxHandlers = {
  readonly pull: (
    checkpoint: { readonly seq: number } | undefined,
    batchSize: number,
  ) => Promise<{ readonly documents: readonly RxDocument[]; readonly checkpoint: { seq: number } }>;
  readonly push: (rows: readonly PushRow[]) => Promise<readonly RxDocument[]>;
};

export type RxStore = {
  readonly collection: RxCollection;
  /** Runs until both sides hold the same. */
  readonly replicate: (handlers: RxHandlers, batchSize: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** A collection in memory: the storages for disks that are meant for real use are sold, not on npm. */
export const openRxStore = async (name: string, schema: object): Promise<RxStore> => {
  const core = await peerPackage<RxCore>('rxdb/plugins/core');
  const memory = await peerPackage<{ readonly getRxStorageMemory: () => object }>(
    'rxdb/plugins/storage-memory',
  );
  const { replicateRxCollection } = await peerPackage<{
    readonly replicateRxCollection: (options: object) => Replication;
  }>('rxdb/plugins/replication');
  const database = await core.createRxDatabase({
    name,
    storage: memory.getRxStorageMemory(),
    multiInstance: false,
    eventReduce: true,
  });
  const { held } = await database.addCollections({ held: { schema } });
  if (!held) throw new Error('RxDB made no collection');
  return {
    collection: held,
    replicate: async ({ pull, push }, batchSize) => {
      const replication = replicateRxCollection({
        replicationIdentifier: 'benchmark',
        collection: held,
        live: false,
        waitForLeadership: false,
        pull: { batchSize, handler: pull },
        push: { batchSize, handler: push },
      });
      await replication.awaitInitialReplication();
      await replication.cancel();
    },
    close: async () => {
      await database.close();
    },
  };
};
