import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { clientsAtHand, pin } from '#main/core/clients/clients-at-hand.ts';
import { openClient } from '#main/core/clients/open-client.ts';
import { anId, bareDesk, type BareDesk } from './device-fixture.ts';

let bare: BareDesk;
beforeAll(async () => {
  bare = await bareDesk();
});
afterAll(() => bare.end());

const atHand = () => {
  const read = clientsAtHand(bare.desk);
  if (!read.ok) throw new Error(read.error.code);
  return {
    pinned: read.value.pinned.map((row) => row.caseId),
    lastOpened: read.value.lastOpened.map((row) => row.caseId),
  };
};
const open = (caseId: Id): void => {
  // A look that goes on is one entry of the log: the next one is another look.
  bare.pass(60 * 60_000);
  expect(openClient(bare.desk, caseId, 'list').ok).toBe(true);
};
const setPin = (caseId: Id, isPinned: boolean) => pin(bare.desk, { caseId, isPinned });

describe('clients at hand', () => {
  it('are those opened last, the last one first, each once', () => {
    const [a, b] = [bare.client().caseId, bare.client().caseId];
    for (const caseId of [a, b, a]) open(caseId);
    expect(atHand()).toEqual({ pinned: [], lastOpened: [a, b] });
  });

  it('are first those who were pinned, in that order, and not twice', () => {
    const [a, b, c] = [bare.client().caseId, bare.client().caseId, bare.client().caseId];
    for (const caseId of [a, b, c]) open(caseId);
    expect(setPin(b, true).ok).toBe(true);
    bare.pass(1);
    expect(setPin(a, true).ok).toBe(true);
    expect(setPin(b, true).ok).toBe(true);
    expect(atHand().pinned).toEqual([b, a]);
    expect(atHand().lastOpened[0]).toBe(c);
    expect(atHand().lastOpened).not.toContain(a);
    setPin(b, false);
    expect(atHand().pinned).toEqual([a]);
  });

  it('go when the client leaves this computer', () => {
    const { caseId } = bare.client();
    open(caseId);
    setPin(caseId, true);
    bare.take({ left: [{ caseId, compartment: jointPlan }] });
    expect(atHand().pinned).not.toContain(caseId);
    expect(atHand().lastOpened).not.toContain(caseId);
    expect(setPin(caseId, true)).toEqual({ ok: false, error: { code: 'not-on-this-device' } });
    expect(setPin(anId(), true)).toEqual({ ok: false, error: { code: 'not-on-this-device' } });
  });
});
