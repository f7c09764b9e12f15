import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '#shared/protocol/version.ts';
import type { Step } from '#shared/protocol/step.ts';
import {
  noSteps,
  stepAfter,
  stepAnswered,
  stepFollows,
  type MadeStep,
  type Steps,
} from './steps.ts';

/** A device's side: each request makes a step, and its answer, if it comes, settles it. */
const device = (steps: Steps = noSteps, name = '') => {
  let made = 0;
  return {
    ask: (): Step => {
      const next = stepAfter(steps, `${name}${(made += 1)}`);
      ({ steps } = next);
      return next.step;
    },
    heard: (step: Step): void => {
      steps = stepAnswered(step);
    },
    remembers: () => steps,
  };
};

/** The region's side: takes a step or refuses it, and may go back to a backup. */
const region = () => {
  let known: MadeStep | null = null;
  const take = (step: Step): boolean => {
    const follows = stepFollows(known, step);
    if (follows) known = { number: step.number, mark: step.mark };
    return follows;
  };
  return Object.assign(take, {
    backup: () => known,
    restore: (to: MadeStep | null) => {
      known = to;
    },
  });
};

const seen = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('Nothing there');
  return value;
};

describe('the steps of a device', () => {
  it('I1 names the last answered step and those made since', () => {
    const one = device();
    const first = one.ask();
    expect(first).toEqual({ number: 1, mark: '1', answered: 0, after: [] });
    one.heard(first);
    expect(one.ask()).toEqual({ number: 2, mark: '2', answered: 1, after: ['1'] });
    expect(one.ask()).toEqual({ number: 3, mark: '3', answered: 1, after: ['1', '2'] });
  });

  it('I1 does not grow with every try without a network', () => {
    const one = device();
    const take = region();
    const steps = Array.from({ length: 500 }, () => one.ask());
    expect(steps.at(-1)?.after.length).toBeLessThanOrEqual(limits.stepsTried + 1);
    expect(one.remembers().tried).toHaveLength(limits.stepsTried);
    // Whichever of them the region saw: the next one names it.
    expect(take(seen(steps[250]))).toBe(true);
    expect(take(one.ask())).toBe(true);
  });

  it('I2 the same request again is the same step', () => {
    const one = device();
    const take = region();
    const step = one.ask();
    expect([take(step), take(step)]).toEqual([true, true]);
  });

  it('I2 a late request is refused and moves nothing', () => {
    const one = device();
    const take = region();
    const late = one.ask();
    const next = one.ask();
    expect(take(next)).toBe(true);
    one.heard(next);
    expect(take(late)).toBe(false);
    expect(take(one.ask())).toBe(true);
  });

  it('I2 scenario 18: of two copies the second is noticed at its first request', () => {
    for (const triesBefore of [0, 1, 5]) {
      for (const triesOffline of [0, 1, 20, 100]) {
        const take = region();
        const first = device();
        const step = first.ask();
        take(step);
        first.heard(step);
        for (let at = 0; at < triesBefore; at += 1) first.ask();
        const [one, two] = [device(first.remembers(), 'a'), device(first.remembers(), 'b')];
        expect(take(one.ask())).toBe(true);
        for (let at = 0; at < triesOffline; at += 1) two.ask();
        expect(take(two.ask())).toBe(false);
      }
    }
  });

  it('I2 scenario 18: a device put back from a backup is noticed at its first request', () => {
    const take = region();
    const one = device();
    const first = one.ask();
    take(first);
    one.heard(first);
    const backup = one.remembers();
    // A single request after the backup is enough, also when its answer was lost.
    expect(take(one.ask())).toBe(true);
    expect(take(device(backup, 'b').ask())).toBe(false);
  });

  it('I2 a region that went back to a backup takes the next step, and notices a copy as before', () => {
    for (const answeredAfter of [1, 2, 100]) {
      const take = region();
      const one = device();
      const exchange = (): void => {
        const step = one.ask();
        expect(take(step)).toBe(true);
        one.heard(step);
      };
      exchange();
      const [backup, copied] = [take.backup(), one.remembers()];
      for (let at = 0; at < answeredAfter; at += 1) exchange();
      take.restore(backup);
      exchange();
      exchange();
      expect(take(device(copied, 'b').ask())).toBe(false);
    }
  });

  it('I2 whatever the line loses, doubles or delays, an honest device is never refused what it waits for', () => {
    const fate = fc.constantFrom(
      'pass',
      'lost',
      'reply-lost',
      'twice',
      'late',
      'restarted',
      'back-up',
      'restore',
    );
    fc.assert(
      fc.property(
        fc.array(fate, { maxLength: 300 }),
        fc.array(fc.nat(10), { maxLength: 300 }),
        (fates, delays) => {
          const take = region();
          const one = device();
          let backup: MadeStep | null = null;
          /** Requests that are still on their way, with how many others overtake them. */
          let underWay: { readonly step: Step; readonly overtaken: number }[] = [];
          for (const [at, what] of fates.entries()) {
            for (const { step } of underWay.filter(({ overtaken }) => overtaken === 0)) take(step);
            underWay = underWay
              .filter(({ overtaken }) => overtaken > 0)
              .map(({ step, overtaken }) => ({ step, overtaken: overtaken - 1 }));
            if (what === 'back-up') backup = take.backup();
            if (what === 'restore') take.restore(backup);
            const step = one.ask();
            if (what === 'lost' || what === 'restarted') continue;
            if (what === 'late') {
              underWay.push({ step, overtaken: delays[at] ?? 3 });
              continue;
            }
            expect(take(step)).toBe(true);
            if (what === 'twice') {
              underWay.push({ step, overtaken: delays[at] ?? 0 });
              expect(take(step)).toBe(true);
            }
            if (what !== 'reply-lost') one.heard(step);
          }
        },
      ),
    );
  });
});
