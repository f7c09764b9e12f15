import type { GroupState } from '#shared/sync/resolve.ts';
import type { ReadVersion } from '../records/group-state.ts';

/** The order of M7, so that every device shows the same version. */
const byTimeThenId = (a: ReadVersion, b: ReadVersion): number => {
  const [one, other] = a.time === b.time ? [a.id, b.id] : [a.time, b.time];
  return one < other ? -1 : 1;
};

/** The version that a list shows while several stand side by side; null for a group that nobody has written. */
export const newestHead = (state: GroupState<ReadVersion>): ReadVersion | null =>
  state.state === 'empty' ? null : (state.heads.toSorted(byTimeThenId).at(-1) ?? null);
