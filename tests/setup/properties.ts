import fc from 'fast-check';
import { inject } from 'vitest';

// fast-check prints seed and path of a failing property itself; the common seed makes the whole
// run repeatable, also when the failure comes from what an earlier property left behind.
fc.configureGlobal({ seed: inject('propertySeed'), endOnFailure: false });
