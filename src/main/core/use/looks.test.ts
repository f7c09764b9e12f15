import { describe, expect, it } from 'vitest';
import { createLooks } from './looks.ts';
import type { NewUse } from './new-use.ts';
import { aLook, anId } from './testing/use-desk.ts';

const minute = 60_000;

const looksAt = () => {
  let now = 0;
  const looks = createLooks(() => now);
  return {
    pass: (ms: number) => (now += ms),
    look: (...uses: readonly NewUse[]): number => {
      const due = looks.due(uses);
      looks.noted(due);
      return due.length;
    },
    looks,
  };
};

describe('what a look is', () => {
  const caseId = anId();
  const view = aLook({ caseId });

  it('is one entry for ten minutes of a client and register, then a new one', () => {
    const { look, pass } = looksAt();
    expect(look(view)).toBe(1);
    pass(9 * minute);
    expect(look(view)).toBe(0);
    pass(minute);
    expect(look(view)).toBe(1);
  });

  it('is another for another client, register, right or action, and when parts were added', () => {
    const { look } = looksAt();
    look(view);
    expect(look(aLook())).toBe(1);
    expect(look({ ...view, register: 'social' })).toBe(1);
    expect(look({ ...view, ground: 'statutory' })).toBe(1);
    expect(look({ ...view, basisId: anId() })).toBe(1);
    expect(look({ ...view, action: 'search-hit' })).toBe(1);
    expect(look({ ...view, compartments: ['joint/plan', 'joint/contact'] })).toBe(1);
    expect(look(view)).toBe(0);
  });

  it('goes on beside others: going to and fro between two of them adds nothing', () => {
    const { look } = looksAt();
    const others = [
      view,
      { ...view, ground: 'joint-service' },
      { ...view, action: 'search-result' as const },
    ];
    expect(look(...others)).toBe(3);
    for (const one of [...others, ...others]) expect(look(one)).toBe(0);
  });

  it.each(['reveal', 'print', 'export', 'open-on-ground'] as const)(
    'is always one for %s',
    (action) => {
      const { look } = looksAt();
      expect(look({ ...view, action })).toBe(1);
      expect(look({ ...view, action })).toBe(1);
    },
  );

  it('is not over for ever when the clock was set back', () => {
    const { look, pass } = looksAt();
    look(view);
    pass(-365 * 24 * 60 * minute);
    expect(look(view)).toBe(1);
  });

  it('is still due when it could not be noted', () => {
    const { looks } = looksAt();
    expect(looks.due([view])).toHaveLength(1);
    expect(looks.due([view])).toHaveLength(1);
  });
});
