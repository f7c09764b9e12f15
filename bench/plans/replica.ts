import type { Cell, CellEdit, PlanWorld } from './plan-work.ts';

/** One device that holds all plans of a world, and exchanges edits with others over a hub on 127.0.0.1. */
export type Replica = {
  /** Makes one edit durable. */
  readonly edit: (edit: CellEdit) => void | Promise<void>;
  /** Sends every edit that the hub does not have. */
  readonly push: () => Promise<void>;
  /** Fetches and stores all that the hub has and this device has not. */
  readonly pull: () => Promise<void>;
  /** Every version that a screen would show of each cell that was edited, by `cellName`. */
  readonly shown: () =>
    | ReadonlyMap<string, readonly Cell[]>
    | Promise<ReadonlyMap<string, readonly Cell[]>>;
  /** How many bytes it holds on the disk, everything checkpointed; null for what lives in memory only. */
  readonly bytes: () => number | null;
  readonly close: () => void | Promise<void>;
};

export type ReplicaPlace = {
  /** An empty folder of this device. */
  readonly folder: string;
  readonly hubUrl: string;
  readonly device: number;
  readonly world: PlanWorld;
  /** What the hub said when it prepared the world; only some arms have something to say. */
  readonly prepared: unknown;
  /** Hears every body as it goes over the wire, uncompressed; the program's own arm alone tells it. */
  readonly onWire?: (way: 'sent' | 'fetched', text: string) => void;
};

/** One way of doing the same work. */
export type OpenReplica = (place: ReplicaPlace) => Replica | Promise<Replica>;

/** Every edit is its own durable step; only L states the price of both kinds of durability. */
export const replicaArms = [
  'bare',
  'bare-full',
  'bare-encrypted',
  'punos-normal',
  'punos',
  'yjs',
  'actual',
  'rxdb',
  'automerge',
  'pouchdb',
] as const;
export type ReplicaArm = (typeof replicaArms)[number];

export const peerArms = ['yjs', 'actual', 'rxdb', 'automerge', 'pouchdb'] as const;
export type PeerArm = (typeof peerArms)[number];

export const isPeer = (arm: string): arm is PeerArm => peerArms.some((peer) => peer === arm);

export const replicaTitles: Readonly<Record<ReplicaArm, string>> = {
  bare: 'L: bare inserts, plain, NORMAL',
  'bare-full': 'L, plain, FULL',
  'bare-encrypted': 'L, encrypted (chacha20), NORMAL',
  'punos-normal': 'Punos, NORMAL',
  punos: 'Punos, FULL (as it ships)',
  yjs: 'Yjs, updates in SQLite',
  actual: "Actual's CRDT in SQLite",
  rxdb: 'RxDB (memory only)',
  automerge: 'Automerge, changes in SQLite',
  pouchdb: 'PouchDB, express-pouchdb',
};

/** The program that serves an arm's hub. */
export type HubKind = 'frames' | 'region' | 'rxdb' | 'pouchdb';
export const hubOf = (arm: ReplicaArm): HubKind => {
  switch (arm) {
    case 'punos':
    case 'punos-normal':
      return 'region';
    case 'rxdb':
      return 'rxdb';
    case 'pouchdb':
      return 'pouchdb';
    default:
      return 'frames';
  }
};
