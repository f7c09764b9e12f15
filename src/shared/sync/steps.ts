import type { Id } from '#shared/domain/ids.ts';
import type { Step } from '#shared/protocol/step.ts';
import { limits } from '#shared/protocol/version.ts';

/**
 * A device's requests as steps (SPEC I1, I2): each has a mark that chance made, and names the steps since the
 * last one whose answer came. The region's last step of an honest device is always among them, whatever the
 * line loses, doubles or delays. Of a copy it is not, from the first step that the other one has made.
 */

/** What a device remembers of its steps. */
export type Steps = {
  readonly answered: string | null;
  /** Made since; whether the region has seen them is not known. The newest last. */
  readonly tried: readonly string[];
};

export const noSteps: Steps = { answered: null, tried: [] };

/**
 * The device's next step, and what it remembers once it has made it. `mark` is by chance; after many steps
 * without an answer the last one's is used again, so that the list does not grow with every try offline.
 */
export const stepAfter = (
  { answered, tried }: Steps,
  { mark, through }: Pick<Step, 'mark' | 'through'>,
): { readonly step: Step; readonly steps: Steps } => {
  const after = answered === null ? [...tried] : [answered, ...tried];
  const last = tried.at(-1);
  return last !== undefined && tried.length >= limits.stepsTried
    ? { step: { mark: last, after, through }, steps: { answered, tried } }
    : { step: { mark, after, through }, steps: { answered, tried: [...tried, mark] } };
};

/** After the answer to a step: those before it are settled, and none is under way. */
export const stepAnswered = (mark: string): Steps => ({ answered: mark, tried: [] });

/** What the region knows of a device's steps: the last one that it took, in which epoch. */
export type KnownStep = { readonly mark: string; readonly epoch: Id };

/**
 * Whether a step follows on the last one that the region knows of its device. If not, it is a late one, to
 * whose answer nobody listens, or a copy's. A restored region, under another epoch or behind what the device
 * was given, has lost steps: it takes the first one whatever that names.
 */
export const stepFollows = (
  known: KnownStep | null,
  { mark, after, through }: Step,
  region: { readonly epoch: Id; readonly highWater: number },
): boolean =>
  known === null ||
  known.epoch !== region.epoch ||
  through > region.highWater ||
  known.mark === mark ||
  after.includes(known.mark);
