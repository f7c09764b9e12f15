import { describe, expect, test } from 'vitest';
import { record, viewOf } from '../../../../tests/window/records.ts';
import { unseenCounts, unseenOf } from './unseen.ts';

const changed = (
  n: number,
  kind: string,
  groups: Parameters<typeof record>[2],
  unseen: string[],
) => ({
  ...record(n, kind, groups),
  unseen,
});

describe('what others changed since one last looked', () => {
  const need = changed(1, 'need', { assessment: { text: 'Kaatui.' }, order: { key: 'a0' } }, [
    'assessment',
  ]);
  const moved = changed(2, 'need', { order: { key: 'a1' } }, ['order']);
  const note = changed(3, 'note', { entry: { text: 'Soitti.' } }, ['entry']);
  const seen = record(4, 'goal', { statement: { title: 'Kävelee' } });

  test('names the records, and leaves out those that only moved', () => {
    const unseen = unseenOf(viewOf(need, moved, note, seen), null);
    expect(new Set(unseen.map((each) => each.record.id))).toEqual(new Set([need.id, note.id]));
    expect(unseenCounts(unseen)).toEqual({ plan: 1, notes: 1 });
  });

  test('says who wrote last, never oneself', () => {
    const [version] = need.groups['assessment']?.heads ?? [];
    const [told] = unseenOf(viewOf(need), null);
    expect(told?.latest?.changeId).toBe(version?.changeId);
    const [own] = unseenOf(viewOf(need), version?.authorId ?? null);
    expect(own?.latest).toBeUndefined();
  });

  test('knows of a removal without a version', () => {
    const gone = {
      ...changed(5, 'goal', {}, ['existence']),
      existence: { state: 'removed' as const, reason: 'Muutti' },
      existenceTouched: { time: 1_000, waiting: false, heads: [] },
    };
    expect(unseenOf(viewOf(gone), null)).toMatchObject([{ groups: ['existence'], time: 1_000 }]);
  });
});
