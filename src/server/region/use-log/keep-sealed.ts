import type { Sealer } from './seal-use.ts';

/**
 * How often what has been written is sealed. Writers tell nobody: a notice at every commit would make
 * them all take turns, and a push must not wait for the log's sake.
 */
const everyMs = 10_000;

/** Seals now and then, and once more at the end. @returns how to stop */
export const keepSealed = (
  sealer: Sealer,
  onTrouble: (error: unknown) => void,
): (() => Promise<void>) => {
  let last: Promise<void> = Promise.resolve();
  let isWorking = false;
  const seal = async (): Promise<void> => {
    isWorking = true;
    try {
      await sealer.seal();
    } catch (error) {
      onTrouble(error);
    } finally {
      isWorking = false;
    }
  };
  const timer = setInterval(() => {
    if (!isWorking) last = seal();
  }, everyMs);
  return async () => {
    clearInterval(timer);
    await last;
    await seal();
  };
};
