import type { HybridTime } from '#shared/domain/change.ts';

/** A stamp further ahead of our own clock than this is not followed (SPEC C3). */
export const followLimitMs = 5 * 60_000;

const maxCounter = 0xffff;
/** A clock past the year 9999 reads as its end: the twelve digits then still have room to count on (C1). */
const latestMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** The text of a reading. */
export const writeHybridTime = (ms: number, counter: number): HybridTime =>
  `${ms.toString(16).padStart(12, '0')}-${counter.toString(16).padStart(4, '0')}`;

export const physicalMs = (time: HybridTime): number => Number.parseInt(time.slice(0, 12), 16);
export const counterOf = (time: HybridTime): number => Number.parseInt(time.slice(13), 16);

const clampMs = (nowMs: number): number => Math.min(Math.max(Math.floor(nowMs), 0), latestMs);

/** The reading for a new change: later than every earlier reading of this clock (C1). */
export const tick = (last: HybridTime | null, nowMs: number): HybridTime => {
  const now = clampMs(nowMs);
  if (last === null || now > physicalMs(last)) return writeHybridTime(now, 0);
  return counterOf(last) < maxCounter
    ? writeHybridTime(physicalMs(last), counterOf(last) + 1)
    : writeHybridTime(physicalMs(last) + 1, 0);
};

/** The clock after seeing another's stamp: it follows, unless the stamp is from too far ahead (C2, C3). */
export const observe = (
  last: HybridTime | null,
  seen: HybridTime,
  nowMs: number,
): HybridTime | null => {
  if (last !== null && seen <= last) return last;
  return physicalMs(seen) > clampMs(nowMs) + followLimitMs ? last : seen;
};
