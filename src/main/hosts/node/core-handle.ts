// The other hosts stand on this one: it puts the core together, so it says what a core is.
export type { CoreHandle } from '../../core/core-handle.ts';
