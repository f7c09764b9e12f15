import { describe, expect, it } from 'vitest';
import { action, goal, idOf, need, removed, viewOf } from '../../../../tests/window/records.ts';
import { overlapsOf } from './overlaps.ts';
import { planTree } from './plan-tree.ts';

const by = (person: number, frequency = '') => ({
  responsibility: { responsibleId: idOf(person), deputyId: null },
  schedule: { frequency, start: null, end: null },
});

const overlaps = (...actions: ReturnType<typeof action>[]) => {
  const found = overlapsOf(
    planTree(viewOf(need(10, 'Ravinto', 'a0'), goal(20, 'Paino', 10, 'a0'), ...actions)),
  );
  return [...found].map(([id, others]) => [
    id,
    others.map(({ other, isOtherwise }) => [other.id, isOtherwise]),
  ]);
};

describe('actions that say the same', () => {
  it('are told to both who answer for them, with whether the rhythm is another', () => {
    expect(
      overlaps(
        action(30, 'Punnitus maanantaisin', 20, 'a0', by(901, 'maanantaisin')),
        action(31, 'Punnitukset maanantaina', 20, 'a1', by(902, 'joka aamu')),
        action(32, 'Ateriapalvelu kotiin', 20, 'a2', by(903)),
      ),
    ).toEqual([
      [idOf(30), [[idOf(31), true]]],
      [idOf(31), [[idOf(30), true]]],
    ]);
  });

  it('are nobody’s concern within one person’s own list, when done, or when removed', () => {
    const first = action(30, 'Punnitus maanantaisin', 20, 'a0', by(901));
    const done = { status: { status: 'done', reason: '', date: null } };
    expect(overlaps(first, action(31, 'Punnitus maanantaisin', 20, 'a1', by(901)))).toEqual([]);
    expect(
      overlaps(first, action(31, 'Punnitus maanantaisin', 20, 'a1', { ...by(902), ...done })),
    ).toEqual([]);
    expect(
      overlaps(first, action(31, 'Punnitus maanantaisin', 20, 'a1', by(902), removed())),
    ).toEqual([]);
  });

  it('are not those that share a word, nor those without a name', () => {
    expect(
      overlaps(
        action(30, 'Kävely ulkona iltapäivällä', 20, 'a0', by(901)),
        action(31, 'Kävely kuntosalilla fysioterapeutin kanssa', 20, 'a1', by(902)),
        action(32, '', 20, 'a2', by(903)),
        action(33, '2 × 12', 20, 'a3', by(904)),
      ),
    ).toEqual([]);
  });

  it('are at most three at a row, however many a long plan has', () => {
    const many = Array.from({ length: 1_000 }, (_, n) =>
      action(1_000 + n, `Verenpaineen mittaus ${n}`, 20, `a${n}`, by(900 + (n % 7))),
    );
    const found = overlaps(...many);
    expect(found).toHaveLength(1_000);
    expect(found.every(([, others]) => others?.length === 3)).toBe(true);
  });
});
