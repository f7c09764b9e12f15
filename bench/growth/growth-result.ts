import type { AppendResult } from '../region/appends.ts';
import type { PullResult } from '../region/pulls.ts';

/** CPU on average and the middle of the wall times, in milliseconds each. */
export type OneCost = { readonly cpuMs: number; readonly p50Ms: number };

export type DeviceGrowthResult = {
  readonly read: OneCost;
  readonly list: OneCost;
  readonly write: OneCost;
};

export type RegionResult = { readonly appends: AppendResult; readonly pulls: PullResult };

/** What was measured with few clients and with many. */
export type Grown<T> = {
  readonly few: number;
  readonly many: number;
  readonly withFew: readonly T[];
  readonly withMany: readonly T[];
};
