import type { Step } from '#shared/protocol/step.ts';
import { limits } from '#shared/protocol/version.ts';

/** One step of a device: numbers rise, and the mark is by chance, so that two copies never make the same. */
export type MadeStep = Pick<Step, 'number' | 'mark'>;

/**
 * What a device remembers of its steps (SPEC I1, I2): each request names the last one whose answer came and
 * those made since. The region's last step of an honest device is always among them, whatever the line
 * loses, doubles or delays. Of a copy it is not, from the first step that the other one has made.
 */
export type Steps = {
  readonly answered: MadeStep | null;
  /** Made since; whether the region has seen them is not known. The newest last. */
  readonly tried: readonly MadeStep[];
};

export const noSteps: Steps = { answered: null, tried: [] };

/**
 * The device's next step, and what it remembers once it has made it. `mark` is by chance; after many steps
 * without an answer the last one is used again, so that the list does not grow with every try offline.
 */
export const stepAfter = (
  { answered, tried }: Steps,
  mark: string,
): { readonly step: Step; readonly steps: Steps } => {
  const before = answered === null ? tried : [answered, ...tried];
  const last = before.at(-1);
  const isFull = tried.length >= limits.stepsTried;
  const made = isFull && last !== undefined ? last : { number: (last?.number ?? 0) + 1, mark };
  return {
    step: {
      number: made.number,
      mark: made.mark,
      answered: answered?.number ?? 0,
      after: before.map((one) => one.mark),
    },
    steps: { answered, tried: isFull ? tried : [...tried, made] },
  };
};

/** After the answer to a step: those before it are settled, and none is under way. */
export const stepAnswered = ({ number, mark }: MadeStep): Steps => ({
  answered: { number, mark },
  tried: [],
});

/**
 * Whether a step follows on the last one that the region knows of its device. If not, it is a late one, to
 * whose answer nobody listens, or a copy's. A last one no later than what the device was answered, and not
 * named, is of a region that has gone back to a backup: nothing else forgets an answered step, and the steps
 * of another copy are later than all that both remember.
 */
export const stepFollows = (known: MadeStep | null, { mark, answered, after }: Step): boolean =>
  known === null || known.mark === mark || after.includes(known.mark) || known.number <= answered;
