import type { RandomBytes } from '#shared/domain/ids.ts';
import type { Database } from '../db/pool.ts';
import type { Anchors } from './use-log/anchors.ts';

export { databaseTrouble } from '../db/trouble.ts';
export type { Database, Reader, Transaction } from '../db/pool.ts';

/** What the region's use cases are given: nothing here reads a clock or makes chance by itself. */
export type RegionContext = {
  readonly db: Database;
  readonly now: () => Date;
  readonly random: RandomBytes;
  /** Where the log of use is anchored outside the database; without it a check says that it is not. */
  readonly anchors?: Anchors;
};
