import type { Cost } from '../figures.ts';
import type { PlanWorld, Seen } from '../plans/plan-work.ts';
import type { ServerCost } from '../plans/hubs.ts';
import type { ReplicaArm } from '../plans/replica.ts';
import type { WireBytes } from './wire-bytes.ts';

export type ExchangeResult = {
  readonly edited: Cost;
  readonly pushed: Cost;
  readonly pulled: Cost;
  readonly rssBytes: number;
  readonly seen: Seen;
  /** Of L, which shows nothing but holds rows. */
  readonly rows: number | null;
  /** Bytes on the disk that the edits left behind. */
  readonly writerGrew: number | null;
  readonly readerGrew: number | null;
  /** The bodies of the program's own arm, where they were listened to. */
  readonly wire: { readonly sent: WireBytes; readonly fetched: WireBytes } | null;
};

/** With what the server did meanwhile. */
export type ExchangeRound = ExchangeResult & {
  readonly server: ServerCost;
  /** By how many bytes the region's tables grew, with their indexes; null for other hubs. */
  readonly tables: Readonly<Record<string, number>> | null;
};

export type ExchangeResults = {
  readonly edits: number;
  readonly world: PlanWorld;
  readonly rounds: number;
  readonly arms: ReadonlyMap<ReplicaArm, readonly ExchangeRound[]>;
  readonly wire: ExchangeResult['wire'];
};
