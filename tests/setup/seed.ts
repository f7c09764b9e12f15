import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- an interface is what merges
  export interface ProvidedContext {
    readonly propertySeed: number;
  }
}

/**
 * One seed for every property test of a run, printed so that a failing run can be repeated with
 * `FC_SEED=<seed> npx vitest run <file>`.
 */
export default function chooseSeed(project: TestProject): void {
  const seed = seedFrom(process.env['FC_SEED']) ?? Date.now() & 0x7fff_ffff;
  project.provide('propertySeed', seed);
  console.log(`Property tests use seed ${seed} (repeat with FC_SEED=${seed})`);
}

function seedFrom(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const seed = Number(text);
  if (!Number.isSafeInteger(seed)) {
    throw new Error(`FC_SEED must be a whole number, got ${JSON.stringify(text)}`);
  }
  return seed;
}
