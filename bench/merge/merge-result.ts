import type { Cost } from '../figures.ts';
import type { PlanWorld, Seen } from '../plans/plan-work.ts';
import type { ReplicaArm } from '../plans/replica.ts';

export type MergeResult = {
  /** All devices fetching and storing what the others wrote. */
  readonly merged: Cost;
  readonly rssBytes: number;
  readonly seen: Seen;
  /** How many different states the devices ended in: 1 when they agree. */
  readonly states: number;
  /** Of L, which shows nothing but holds rows. */
  readonly rows: number | null;
};

export type MergeResults = {
  readonly devices: number;
  readonly edits: number;
  readonly world: PlanWorld;
  readonly rounds: number;
  readonly arms: ReadonlyMap<ReplicaArm, readonly MergeResult[]>;
};
