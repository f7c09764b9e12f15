import { describe, expect, test } from 'vitest';
import { record, viewOf } from '../../../../tests/window/records.ts';
import { riskLines } from './risk-lines.ts';

const risk = (n: number) =>
  record(n, 'risk', { risk: { type: 'fall', means: `${n}`, personId: null, notedOn: null } });
const contingency = (n: number) =>
  record(n, 'contingency', {
    measure: { trigger: 'worker-absent', text: 'Soita', name: '', phone: '040', testedOn: null },
  });
const shownIn = (risks: number, contingencies: number) => {
  const { shown, all } = riskLines(
    viewOf(
      ...Array.from({ length: risks }, (_, n) => risk(n + 10)),
      ...Array.from({ length: contingencies }, (_, n) => contingency(n + 500)),
    ),
  );
  return [shown.map(({ of }) => of[0]).join(''), all];
};

describe('the block of risks', () => {
  test('shows five rows, risks first, and one contingency however many the risks are', () => {
    expect(shownIn(0, 0)).toEqual(['', 0]);
    expect(shownIn(2, 2)).toEqual(['rrcc', 4]);
    expect(shownIn(0, 7)).toEqual(['ccccc', 7]);
    expect(shownIn(7, 0)).toEqual(['rrrrr', 7]);
    expect(shownIn(300, 3)).toEqual(['rrrrc', 303]);
  });

  test('a contingency tells whom to call', () => {
    expect(riskLines(viewOf(contingency(10))).shown[0]?.text).toBe('Soita · 040');
  });
});
