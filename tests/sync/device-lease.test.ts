import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Desk } from '#main/core/desk.ts';
import {
  endLease,
  leaseAt,
  leaseMs,
  mayRead,
  reckonEveryMs,
  reckonLease,
  renewLease,
} from '#main/core/rights/offline-lease.ts';
import { bareDesk, type BareDesk } from './device-fixture.ts';

const tenYears = 10 * 365 * 24 * 3_600_000;
const start = Date.UTC(2026, 10, 2, 8);

describe('the lease of a case file', () => {
  let bare: BareDesk;
  let desk: Desk;
  let clock: number;
  beforeEach(async () => {
    bare = await bareDesk();
    clock = start;
    desk = { ...bare.desk, now: () => clock };
    reckonLease(desk, 0);
  });
  afterEach(() => bare.end());

  const reads = (): boolean => {
    const allowed = mayRead(desk);
    if (!allowed.ok) throw new Error(allowed.error.kind);
    return allowed.value;
  };

  test('A10 it lasts 72 hours, and says when it ends', () => {
    clock += leaseMs - 1;
    expect(reads()).toBe(true);
    expect(leaseAt(desk)).toEqual({ isOver: false, untilMs: start + leaseMs });
    clock += 1;
    expect(reads()).toBe(false);
  });

  test('A10 a clock turned back after the end opens nothing', () => {
    clock += leaseMs;
    expect(reads()).toBe(false);
    clock -= leaseMs;
    expect(reads()).toBe(false);
    clock -= tenYears;
    expect(reads()).toBe(false);
  });

  test('A10 a clock that is held still wins nothing while the program runs', () => {
    for (let ran = reckonEveryMs; ran < leaseMs; ran += reckonEveryMs) {
      reckonLease(desk, reckonEveryMs);
    }
    expect(reads()).toBe(true);
    reckonLease(desk, reckonEveryMs);
    expect(reads()).toBe(false);
  });

  test('the region’s answer gives it anew, also after a clock that was years ahead', () => {
    clock += tenYears;
    expect(reads()).toBe(false);
    renewLease(desk);
    expect(reads()).toBe(true);
    clock -= tenYears;
    renewLease(desk);
    clock += leaseMs - reckonEveryMs;
    expect(reads()).toBe(true);
    clock += reckonEveryMs;
    expect(reads()).toBe(false);
  });

  test('it ends at once when the region turns the person away', () => {
    endLease(desk);
    expect(reads()).toBe(false);
    renewLease(desk);
    expect(reads()).toBe(true);
  });
});
