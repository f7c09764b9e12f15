import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jointPlan } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { writeHybridTime } from '#shared/sync/hybrid-time.ts';
import { markSeen } from '#main/core/clients/mark-seen.ts';
import { openClient } from '#main/core/clients/open-client.ts';
import { beginAnew } from '#main/core/syncing/begin-anew.ts';
import { writeEdits } from '#main/core/editing/write-edits.ts';
import { anId, bareDesk, grantOf, type BareDesk } from './device-fixture.ts';

let bare: BareDesk;
beforeAll(async () => {
  bare = await bareDesk();
});
afterAll(() => bare.end());

const view = (caseId: Id) => {
  const opened = openClient(bare.desk, caseId, 'list');
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
};
const unseen = (caseId: Id) =>
  view(caseId)
    .records.filter((record) => record.unseen.length > 0)
    .map((record) => record.id)
    .toSorted();
const look = (caseId: Id, section: 'plan' | 'notes' | null = null) => {
  const marked = markSeen(bare.desk, { caseId, section, through: view(caseId).unseenThrough });
  if (!marked.ok) throw new Error(marked.error.code);
};
let seq = 10_000;
type Content = Parameters<BareDesk['other']>[0];
const news = (content: Content) => {
  const change = bare.other(content);
  seq += 1;
  bare.take({ changes: [{ seq, change }] });
  return change;
};

describe('what has changed since this person last looked', () => {
  it('is what others write after the client has come, until it has been looked at', () => {
    const { caseId } = bare.client();
    expect(unseen(caseId)).toEqual([]);
    const { recordId } = news({ caseId });
    expect(unseen(caseId)).toEqual([recordId]);
    expect(view(caseId).records.find(({ id }) => id === recordId)?.unseen).toEqual(['assessment']);
    look(caseId);
    expect(unseen(caseId)).toEqual([]);
    expect(view(caseId).unseenThrough).toBe(0);
  });

  it('is never one’s own writing, nor what one has written over', () => {
    const { caseId } = bare.client();
    news({ caseId, authorId: bare.desk.person.id });
    expect(unseen(caseId)).toEqual([]);
    const theirs = news({ caseId });
    const written = writeEdits(bare.desk, caseId, [
      {
        recordId: theirs.recordId,
        kind: 'need',
        compartment: jointPlan,
        group: 'assessment',
        value: { text: 'Kävely on varmempaa.' },
        basedOn: [theirs.id],
      },
    ]);
    expect(written.ok).toBe(true);
    expect(unseen(caseId)).toEqual([]);
  });

  it('is looked at section by section, and only up to what was shown', () => {
    const { caseId } = bare.client();
    news({ caseId });
    const { unseenThrough } = view(caseId);
    const note = news({
      caseId,
      kind: 'note',
      group: 'entry',
      value: { kind: 'other', text: 'Soitti.', happenedAt: '2026-11-24T09:00', corrects: null },
    });
    const late = news({ caseId, time: writeHybridTime(Date.UTC(2026, 0, 1), 0) });
    markSeen(bare.desk, { caseId, section: 'plan', through: unseenThrough });
    expect(unseen(caseId)).toEqual([note.recordId, late.recordId].toSorted());
    look(caseId, 'notes');
    expect(unseen(caseId)).toEqual([late.recordId]);
    look(caseId, 'plan');
    expect(unseen(caseId)).toEqual([]);
  });

  it('goes with the part that leaves, and nothing of it is new when the part comes again', () => {
    const rows = () => bare.desk.db.value<number>('SELECT count(*) FROM unseen_change') ?? 0;
    const before = rows();
    const { caseId } = bare.client();
    const change = news({ caseId });
    bare.take({ left: [{ caseId, compartment: jointPlan }] });
    expect(rows()).toBe(before);
    bare.take({
      changes: [{ seq, change }],
      entered: [{ caseId, compartment: jointPlan }],
      grants: [grantOf(caseId, { compartment: jointPlan })],
    });
    expect(unseen(caseId)).toEqual([]);
  });

  describe('when the pull begins anew after a restore', () => {
    const joint = (caseId: Id) => [{ caseId, compartment: jointPlan }];
    /** The client's changes, as the restored region has them, come in one page that ends the pull. */
    const comeAnew = (caseId: Id, ...changes: readonly ReturnType<typeof news>[]) =>
      bare.take({
        changes: changes.map((change) => ({ seq: (seq += 1), change })),
        entered: joint(caseId),
        grants: [grantOf(caseId)],
      });
    const again = (change: ReturnType<typeof news>) =>
      bare.take({ changes: [{ seq: (seq += 1), change }] });

    it('L5 what was seen is not new again, whenever it comes', () => {
      const { caseId, need } = bare.client();
      const [kept, lost] = [news({ caseId }), news({ caseId })];
      look(caseId);
      beginAnew(bare.desk);
      comeAnew(caseId, need, kept);
      again(lost);
      expect(unseen(caseId)).toEqual([]);
      // Nor after a second one, before which a part of it had come.
      beginAnew(bare.desk);
      beginAnew(bare.desk);
      comeAnew(caseId, need, lost);
      again(kept);
      expect(unseen(caseId)).toEqual([]);
    });

    it('L5 what was not seen is new, also what others wrote meanwhile, and what comes later', () => {
      const { caseId, need } = bare.client();
      const [kept, lost] = [news({ caseId }), news({ caseId })];
      const meanwhile = bare.other({ caseId });
      beginAnew(bare.desk);
      comeAnew(caseId, need, kept, meanwhile);
      expect(unseen(caseId)).toEqual([kept.recordId, meanwhile.recordId].toSorted());
      // A look at the plan without it is no look at what the region had lost.
      look(caseId);
      again(lost);
      expect(unseen(caseId)).toEqual([lost.recordId]);
      look(caseId);
      beginAnew(bare.desk);
      comeAnew(caseId, need, kept, meanwhile, lost);
      expect(unseen(caseId)).toEqual([]);
    });

    it('L5 P6 of a client who is new nothing is, and of one who does not come again nothing stays', () => {
      const { caseId, need } = bare.client();
      const gone = bare.client();
      news({ caseId: gone.caseId });
      beginAnew(bare.desk);
      const fresh = anId();
      const first = bare.other({ caseId: fresh });
      bare.take({
        changes: [need, first].map((change) => ({ seq: (seq += 1), change })),
        entered: [...joint(caseId), ...joint(fresh)],
        grants: [grantOf(caseId), grantOf(fresh)],
      });
      expect(unseen(fresh)).toEqual([]);
      const left = (table: string) =>
        bare.desk.db.value<number>(
          `SELECT count(*) FROM ${table} WHERE case_no NOT IN (SELECT case_no FROM scope)`,
        );
      expect([left('seen_before'), left('unseen_change')]).toEqual([0, 0]);
    });
  });

  it('misses nothing and tells nothing twice, in whatever order it comes', () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('theirs' as const),
        record: fc.nat({ max: 3 }),
        onTop: fc.boolean(),
        daysAgo: fc.nat({ max: 400 }),
      }),
      fc.record({ kind: fc.constant('mine' as const), record: fc.nat({ max: 3 }) }),
      fc.record({ kind: fc.constant('look' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const { caseId } = bare.client();
        const records = [anId(), anId(), anId(), anId()];
        const heads = new Map<Id, Set<Id>>(records.map((id) => [id, new Set()]));
        const fresh = new Set<Id>();
        for (const each of steps) {
          if (each.kind === 'look') {
            look(caseId);
            fresh.clear();
          } else {
            const recordId = records[each.record] ?? '';
            const standing = heads.get(recordId) ?? new Set();
            const onTop = each.kind === 'mine' || each.onTop;
            const change = news({
              caseId,
              recordId,
              parents: onTop ? [...standing] : [],
              ...(each.kind === 'mine'
                ? { authorId: bare.desk.person.id }
                : { time: writeHybridTime(bare.desk.now() - each.daysAgo * 86_400_000, 0) }),
            });
            heads.set(recordId, new Set([...(onTop ? [] : standing), change.id]));
            if (each.kind === 'theirs') fresh.add(change.id);
          }
          const expected = records.filter((id) =>
            [...(heads.get(id) ?? [])].some((head) => fresh.has(head)),
          );
          expect(unseen(caseId)).toEqual(expected.toSorted());
        }
      }),
      { numRuns: 60 },
    );
  });
});
