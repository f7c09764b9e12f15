import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planVersion, type StandingChange } from './plan-version.ts';

const idOf = (n: number) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

const change = (n: number, part: Partial<StandingChange> = {}): StandingChange => ({
  id: idOf(n),
  kind: 'goal',
  compartment: 'joint/plan',
  group: 'statement',
  ...part,
});

/** Different heads of a plan in several compartments. */
const standing = fc.uniqueArray(
  fc.record({
    id: fc.nat(5_000).map(idOf),
    kind: fc.constantFrom('plan', 'need', 'goal', 'action', 'rating', 'medication'),
    compartment: fc.constantFrom('joint/plan', 'patient/home-nursing', 'social/older-people'),
    group: fc.constantFrom('statement', 'status', 'existence', 'a-later-group'),
  }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 60 },
);

describe('the version of a plan', () => {
  test('is the same in whatever order its heads came', () => {
    fc.assert(
      fc.property(
        standing.chain((heads) =>
          fc.tuple(
            fc.constant(heads),
            fc.shuffledSubarray(heads, { minLength: heads.length, maxLength: heads.length }),
          ),
        ),
        ([one, other]) => {
          expect(planVersion(other)).toEqual(planVersion(one));
        },
      ),
    );
  });

  test('is another in the compartment of a head that changed, and in no other', () => {
    fc.assert(
      fc.property(standing, fc.nat(), (heads, at) => {
        const changed = heads[at % heads.length];
        if (changed === undefined) throw new Error('no heads');
        const before = planVersion(heads);
        const after = planVersion(
          heads.map((head) => (head === changed ? { ...head, id: idOf(9_999) } : head)),
        );
        for (const [compartment, digest] of before) {
          expect(after.get(compartment) === digest).toBe(compartment !== changed.compartment);
        }
      }),
    );
  });

  test('is another when versions stand side by side, and when something is removed', () => {
    const one = planVersion([change(1)]);
    expect(planVersion([change(1), change(2)])).not.toEqual(one);
    expect(planVersion([change(1), change(3, { group: 'existence' })])).not.toEqual(one);
  });

  test('counts neither places in lists and ties nor what is only about the plan', () => {
    const plan = [change(1), change(2, { kind: 'need', group: 'heading' })];
    const about = [
      change(3, { group: 'order' }),
      change(4, { group: 'origin' }),
      change(5, { group: 'family-part' }),
      change(6, { kind: 'request', group: 'question' }),
      change(7, { kind: 'plan-acknowledgment', group: 'version' }),
      change(8, { kind: 'note', group: 'entry' }),
      change(9, { kind: '__proto__' }),
    ];
    expect(planVersion([...about, ...plan])).toEqual(planVersion(plan));
    expect(planVersion(about).size).toBe(0);
    expect(planVersion([]).size).toBe(0);
  });

  test('of a very large plan is told at once', () => {
    const heads = Array.from({ length: 10_000 }, (_, n) => change(n));
    expect(planVersion(heads).get('joint/plan')).toMatch(/^[0-9a-f]{64}$/u);
  });
});
