import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { withTransaction } from '#main/db/handles.ts';
import { findCase } from '#main/db/queries/cases.ts';
import { allVersions } from '#main/db/queries/history.ts';
import { historyScopes } from '#main/db/queries/history-scopes.ts';
import { openClient } from '#main/core/clients/open-client.ts';
import { indexPendingTexts } from '#main/core/derived/text-index.ts';
import { beginAnew } from '#main/core/syncing/begin-anew.ts';
import { scrubErased } from '#main/core/syncing/scrub-erased.ts';
import { decryptedPages } from './decrypted-pages.ts';
import { anId, bareDesk, grantOf, type BareDesk } from './device-fixture.ts';
import { logByHand } from './history-fixture.ts';

let bare: BareDesk;
beforeAll(async () => {
  bare = await bareDesk();
});
afterAll(() => bare.end());

const versionsOf = (desk: BareDesk, caseId: Id): readonly Id[] => {
  const caseNo = findCase(desk.desk.db, caseId);
  return caseNo === undefined ? [] : allVersions(desk.desk.db, caseNo).map(({ id }) => id);
};

/** Versions of one group, each in the place of the one before. */
const rowOf = (desk: BareDesk, caseId: Id, texts: readonly string[]): readonly Change[] => {
  const recordId = anId();
  const made: Change[] = [];
  for (const text of texts) {
    const parents = made.slice(-1).map(({ id }) => id);
    made.push(desk.other({ caseId, recordId, value: { text }, parents }));
  }
  return made;
};

describe('history on a device', () => {
  it('Y4 a fetch that is cut goes on from its last page, and comes once', async () => {
    const { caseId } = bare.client();
    const hand = logByHand(bare);
    const row = rowOf(bare, caseId, ['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    for (const [index, change] of row.entries()) hand.add(100 + index, change);
    hand.cutAfter = 2;
    expect(await hand.fetch()).toEqual([]);
    expect(versionsOf(bare, caseId)).toEqual(row.slice(0, 4).map(({ id }) => id));
    hand.cutAfter = null;
    expect(await hand.fetch()).toEqual([caseId]);
    expect(versionsOf(bare, caseId)).toEqual(row.map(({ id }) => id));
    expect(hand.asked.map(({ after }) => after)).toEqual([0, 101, 103, 105]);
    // Nothing is new: nothing is asked.
    expect(await hand.fetch()).toEqual([]);
    expect(hand.asked).toHaveLength(4);
    const newer = bare.other({ caseId, recordId: row[0]?.recordId ?? '', value: { text: 'h' } });
    bare.take({ changes: [{ seq: 120, change: newer }] });
    hand.add(120, newer);
    expect(await hand.fetch()).toEqual([caseId]);
    expect(hand.asked.at(-1)?.after).toBe(106);
    expect(versionsOf(bare, caseId)).toHaveLength(8);
  });

  it('Y4 it stands back as soon as something better is to be done', async () => {
    const { caseId } = bare.client();
    const hand = logByHand(bare);
    const row = rowOf(bare, caseId, ['a', 'b', 'c', 'd', 'e']);
    for (const [index, change] of row.entries()) hand.add(200 + index, change);
    await hand.fetch(() => hand.asked.length < 1);
    expect(versionsOf(bare, caseId)).toHaveLength(2);
    await hand.fetch();
    expect(versionsOf(bare, caseId)).toHaveLength(5);
  });

  it('Y4 it lies here for parts held by the team alone, and goes when they are held otherwise', async () => {
    const { caseId } = bare.client();
    const confirmed = { caseId, compartment: 'patient/psychiatry' };
    const round = bare.client();
    bare.take({
      grants: [
        grantOf(round.caseId, { relation: 'round', role: 'round' }),
        grantOf(caseId, { ...confirmed, basis: 'confirmation' }),
      ],
      entered: [confirmed],
    });
    const hand = logByHand(bare);
    hand.add(300, bare.other({ caseId }));
    hand.add(301, bare.other(confirmed));
    hand.add(302, bare.other({ caseId: round.caseId }));
    await hand.fetch();
    expect(versionsOf(bare, caseId)).toHaveLength(1);
    expect(versionsOf(bare, round.caseId)).toEqual([]);
    bare.take({ grants: [grantOf(caseId, { relation: 'round', role: 'round' })] });
    await hand.fetch();
    expect(versionsOf(bare, caseId)).toEqual([]);
  });

  it('Y4 a page of another epoch is not taken in, and beginning anew drops what is here', async () => {
    const fresh = await bareDesk();
    const { caseId } = fresh.client();
    const hand = logByHand(fresh);
    hand.add(10, fresh.other({ caseId }));
    await hand.fetch();
    expect(versionsOf(fresh, caseId)).toHaveLength(1);
    hand.epoch = anId();
    const lost = fresh.other({ caseId });
    fresh.take({ changes: [{ seq: 11, change: lost }] });
    hand.add(11, lost);
    expect(await hand.fetch()).toEqual([]);
    expect(versionsOf(fresh, caseId)).toHaveLength(1);
    withTransaction(fresh.desk.db, () => beginAnew(fresh.desk));
    expect(versionsOf(fresh, caseId)).toEqual([]);
    fresh.end();
  });

  it('Y5 P3 leaves with its part and with its client, in no page and no -wal', async () => {
    const gone = ['Kanarialintu-vanha-qxz', 'Kanarialintu-osa-qxz'];
    const stays = 'Kanarialintu-jää-qxz';
    const { caseId } = bare.client();
    const part = { caseId, compartment: 'patient/home-nursing' };
    const other = bare.client();
    const note = bare.other({ ...part, kind: 'note', group: 'text', value: { text: 'Uusi.' } });
    bare.take({
      changes: [{ seq: 400, change: note }],
      entered: [part],
      grants: [grantOf(caseId, part)],
    });
    const hand = logByHand(bare);
    hand.add(390, bare.other({ caseId, value: { text: gone[0] ?? '' } }));
    hand.add(391, bare.other({ ...part, kind: 'note', value: { text: gone[1] ?? '' } }));
    hand.add(392, bare.other({ caseId: other.caseId, value: { text: stays } }));
    await hand.fetch();
    const found = (): readonly string[] => {
      const folder = path.dirname(bare.file.path);
      const all = Buffer.concat([
        ...decryptedPages(bare.file.path, bare.file.key),
        ...fs.readdirSync(folder).map((name) => fs.readFileSync(path.join(folder, name))),
      ]);
      return [...gone, stays].filter((text) => all.includes(text));
    };
    expect(found()).toEqual([...gone, stays]);
    bare.take({ left: [part] });
    expect(scrubErased(bare.desk).ok).toBe(true);
    expect(found()).toEqual([gone[0], stays]);
    bare.take({ left: [{ caseId, compartment: jointPlan }] });
    expect(scrubErased(bare.desk).ok).toBe(true);
    expect(found()).toEqual([stays]);
    expect(historyScopes(bare.desk.db, findCase(bare.desk.db, other.caseId) ?? 0)).toHaveLength(1);
  });

  it('Y3 what is shown of a plan is the same with history and without', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ pick: fc.nat({ max: 20 }), alone: fc.boolean() }), {
          minLength: 1,
          maxLength: 12,
        }),
        async (edits) => {
          const { caseId } = bare.client();
          const recordId = anId();
          const log: Change[] = [];
          for (const { pick, alone } of edits) {
            const parent = alone ? undefined : log[pick % Math.max(log.length, 1)];
            log.push(
              bare.other({
                caseId,
                recordId,
                value: { text: `Teksti ${log.length}.` },
                parents: parent ? [parent.id] : [],
              }),
            );
          }
          const replaced = new Set(log.flatMap(({ parents }) => parents));
          const heads = log.filter(({ id }) => !replaced.has(id));
          const hand = logByHand(bare);
          const from = 1_000;
          for (const [index, change] of log.entries()) hand.add(from + index, change);
          bare.take({
            changes: heads.map((change) => ({ seq: from + log.indexOf(change), change })),
          });
          indexAll();
          const without = derived(caseId);
          await hand.fetch();
          indexAll();
          expect(versionsOf(bare, caseId)).toHaveLength(log.length);
          expect(derived(caseId)).toEqual(without);
        },
      ),
      { numRuns: 25 },
    );
  });
});

/** One call works for a moment only: on a busy computer there is more to do after it. */
const indexAll = (): void => {
  for (let more = true; more;) {
    const indexed = indexPendingTexts(bare.desk.db);
    more = indexed.ok && indexed.value.more;
  }
};

/** The plan, and what is worked out from it. */
const derived = (caseId: Id) => {
  const { db } = bare.desk;
  const caseNo = findCase(db, caseId) ?? 0;
  const view = openClient(bare.desk, caseId, 'list');
  return {
    view,
    conflicts: db.all('SELECT * FROM conflict WHERE case_no = ?', [caseNo]),
    index: db.all('SELECT * FROM client_index WHERE case_no = ?', [caseNo]),
    texts: db.all('SELECT record_id, body FROM text_row WHERE case_no = ?', [caseNo]),
  };
};
