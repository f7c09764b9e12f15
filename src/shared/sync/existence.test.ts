import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { existenceSchema, recordState, type Existence } from './existence.ts';

const removal = (...covers: readonly string[]): Extract<Existence, { state: 'removed' }> => ({
  state: 'removed',
  reason: 'Kirjattu väärälle asiakkaalle.',
  covers: [...covers],
});

describe('removal', () => {
  test('R1 a record whose every head the removal names is removed, with the reason', () => {
    expect(recordState([removal('a', 'b')], false, ['a', 'b'])).toEqual({
      state: 'removed',
      reason: 'Kirjattu väärälle asiakkaalle.',
    });
  });

  test('R1 a removal without a reason or without what it covers is not one', () => {
    const { reason: _reason, ...unexplained } = removal();
    expect(existenceSchema.safeParse(removal()).success).toBe(true);
    expect(existenceSchema.safeParse(unexplained).success).toBe(false);
    expect(existenceSchema.safeParse({ ...removal(), reason: '  ' }).success).toBe(false);
    expect(existenceSchema.safeParse({ state: 'vanished' }).success).toBe(false);
  });

  test('R2 a head that the removal does not name shows the record as removed and edited', () => {
    expect(recordState([removal('a')], false, ['a', 'late'])).toMatchObject({
      state: 'removed-and-edited',
      editedBy: ['late'],
    });
  });

  test('R2 a removal beside a taking back is a contradiction for a person', () => {
    expect(recordState([removal('a')], true, ['a'])).toMatchObject({
      state: 'removed-and-edited',
      editedBy: [],
    });
  });

  test('R2 no edit outside a removal ever goes unseen, whatever the removals cover', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
    fc.assert(
      fc.property(fc.array(ids, { minLength: 1, maxLength: 3 }), ids, (covers, heads) => {
        const state = recordState(
          covers.map((covered) => removal(...covered)),
          false,
          heads,
        );
        const outside = heads.filter((head) => !covers.some((covered) => covered.includes(head)));
        expect(state.state === 'removed-and-edited' ? state.editedBy : []).toEqual(outside);
      }),
    );
  });

  test('R3 a record stands when nobody removed it or the removal was taken back', () => {
    expect(recordState([], false, ['a'])).toEqual({ state: 'standing' });
    expect(existenceSchema.safeParse({ state: 'standing' }).success).toBe(true);
  });
});
