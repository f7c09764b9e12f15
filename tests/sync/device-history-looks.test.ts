import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallArguments } from '#shared/contract/calls.ts';
import { finnishDate } from '#shared/domain/civil-date.ts';
import { contactDetails } from '#shared/domain/codes.ts';
import { contactIdOf, type Id } from '#shared/domain/ids.ts';
import type { UseEntry } from '#shared/domain/use-log/entry.ts';
import { physicalMs } from '#shared/sync/hybrid-time.ts';
import { findCase } from '#main/db/queries/cases.ts';
import { allVersions } from '#main/db/queries/history.ts';
import { revealContact } from '#main/core/clients/open-client.ts';
import { deskCalls } from '#main/core/desk-calls.ts';
import { historyHandlers } from '#main/core/history/history-handlers.ts';
import { reckonLease } from '#main/core/rights/offline-lease.ts';
import { bareDesk, grantOf, type BareDesk } from './device-fixture.ts';
import { logByHand, type LogByHand } from './history-fixture.ts';

let bare: BareDesk;
let hand: LogByHand;
let calls: ReturnType<typeof historyHandlers>;
beforeAll(async () => {
  bare = await bareDesk();
  hand = logByHand(bare);
  const parts = { desk: () => bare.desk, announce: () => {}, turnToRegion: () => {} };
  const at = () => ({ desk: bare.desk, region: hand.region });
  calls = historyHandlers(deskCalls(parts), at);
});
afterAll(() => bare.end());

const everything = {
  personId: null,
  profession: null,
  kind: null,
  from: null,
  to: null,
  query: '',
};
const timeline = (caseId: Id, asked: Partial<CallArguments<'history.client'>> = {}) =>
  calls['history.client']({ caseId, filter: everything, before: null, limit: 50, ...asked });
const looks = (): readonly UseEntry[] =>
  bare.desk.db
    .all<{ body: string }>('SELECT body FROM use_log ORDER BY no')
    .map(({ body }) => JSON.parse(body) as UseEntry)
    .filter(({ action }) => action === 'history');
const today = () => finnishDate(bare.desk.now());

describe('looking at history', () => {
  it('Y4 another’s client is asked of the region and not kept; without a network it says so', async () => {
    const { caseId, need } = bare.client();
    bare.take({ grants: [grantOf(caseId, { relation: 'round', role: 'round' })] });
    const old = bare.other({ caseId, recordId: need.recordId, value: { text: 'Aiempi.' } });
    hand.add(20, old, physicalMs(old.time));
    hand.add(21, { ...need, parents: [old.id] }, physicalMs(need.time));
    const before = hand.asked.length;
    const shown = await timeline(caseId);
    expect(shown).toMatchObject({ ok: true, value: { source: 'region', missing: [] } });
    if (!shown.ok) return;
    const [newest] = shown.value.versions.filter(({ recordId }) => recordId === need.recordId);
    expect(newest?.replaced.map(({ value }) => value)).toEqual([{ text: 'Aiempi.' }]);
    expect(hand.asked.slice(before).map(({ purpose }) => purpose)).toEqual(['look']);
    expect(allVersions(bare.desk.db, findCase(bare.desk.db, caseId) ?? 0)).toEqual([]);
    // Leafing on asks nothing more, and stands in this device's log.
    const logged = looks().length;
    expect((await calls['history.asOf']({ caseId, date: today() })).ok).toBe(true);
    expect(hand.asked).toHaveLength(before + 1);
    expect(looks()).toHaveLength(logged + 1);
    bare.pass(10 * 60_000);
    hand.cutAfter = hand.asked.length;
    expect(await timeline(caseId)).toEqual({ ok: false, error: { code: 'region-offline' } });
    expect(looks()).toHaveLength(logged + 1);
    hand.cutAfter = null;
  });

  it('Y4 what lies here is shown without a network, and what does not is named', async () => {
    const { caseId } = bare.client();
    const part = { caseId, compartment: 'patient/psychiatry' };
    bare.take({ grants: [grantOf(caseId, { ...part, basis: 'confirmation' })], entered: [part] });
    const mine = bare.other({ caseId, value: { text: 'Täällä.' } });
    hand.add(30, mine);
    hand.add(31, bare.other({ ...part, value: { text: 'Vahvistettu.' } }));
    await hand.fetch();
    hand.cutAfter = hand.asked.length;
    const shown = await timeline(caseId);
    expect(shown).toMatchObject({
      ok: true,
      value: { source: 'here', missing: [part.compartment] },
    });
    expect(JSON.stringify(shown)).toContain('Täällä.');
    hand.cutAfter = null;
    const both = await timeline(caseId);
    expect(both).toMatchObject({ ok: true, value: { source: 'region', missing: [] } });
    expect(JSON.stringify(both)).toContain('Vahvistettu.');
  });

  it('Y7 contact details stay covered under a restraint, as they are and as they were', async () => {
    const { caseId } = bare.client();
    const part = { caseId, compartment: contactDetails };
    const contact = (address: string) =>
      bare.other({
        ...part,
        recordId: contactIdOf(caseId),
        kind: 'contact',
        group: 'address',
        value: { street: address },
      });
    const [old, now] = [contact('Vanhatie 1'), contact('Uusitie 2')];
    const restraint = bare.other({
      caseId,
      recordId: caseId,
      kind: 'client',
      group: 'protection',
      value: { restraintOnDisclosure: true },
    });
    bare.take({
      changes: [
        { seq: 41, change: { ...now, parents: [old.id] } },
        { seq: 42, change: restraint },
      ],
      grants: [grantOf(caseId, part)],
      entered: [part],
    });
    hand.add(40, old);
    hand.add(41, { ...now, parents: [old.id] });
    hand.add(42, restraint);
    await hand.fetch();
    const address = { caseId, recordId: contactIdOf(caseId), group: 'address' };
    const all = async () =>
      JSON.stringify([
        await timeline(caseId),
        await timeline(caseId, { filter: { ...everything, query: 'vanhatie' } }),
        await calls['history.group'](address),
        await calls['history.asOf']({ caseId, date: today() }),
      ]);
    const covered = await all();
    expect(covered).not.toMatch(/Vanhatie|Uusitie/u);
    expect(covered).toContain('"contactCovered":true');
    const seen = looks().filter((entry) => entry.caseId === caseId);
    expect(seen.flatMap(({ compartments }) => compartments)).not.toContain(contactDetails);
    expect(revealContact(bare.desk, caseId).ok).toBe(true);
    expect(await all()).toMatch(/Vanhatie.*Uusitie/u);
  });

  it('Y2 Y5 is closed by the clock and by the lease, and each look is logged', async () => {
    const { caseId } = bare.client();
    hand.add(50, bare.other({ caseId, value: { text: 'Kerran.' } }));
    await hand.fetch();
    const logged = looks().length;
    expect((await timeline(caseId)).ok).toBe(true);
    // The next page of the same look is no new one.
    expect((await timeline(caseId, { before: 10 })).ok).toBe(true);
    expect(looks()).toHaveLength(logged + 1);
    bare.take({ grants: [grantOf(caseId, { untilMs: bare.desk.now() + 60_000 })] });
    bare.pass(120_000);
    expect(await timeline(caseId)).toEqual({ ok: false, error: { code: 'no-access' } });
    bare.take({ grants: [grantOf(caseId)] });
    expect((await timeline(caseId)).ok).toBe(true);
    reckonLease(bare.desk, 0);
    bare.pass(80 * 3_600_000);
    expect(await timeline(caseId)).toEqual({ ok: false, error: { code: 'lease-over' } });
  });
});
