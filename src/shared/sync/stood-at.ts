/** A version with when the region received it: milliseconds since 1970, UTC. */
export type Received = { readonly receivedMs: number };

/**
 * The versions that the region knew at a moment: what it had received before it, whenever and wherever that
 * was written (SPEC Y6). What a group, a record or the plan said then is worked out from these by the same
 * rules as what it says now.
 */
export const stoodAt = <V extends Received>(versions: readonly V[], endMs: number): readonly V[] =>
  versions.filter(({ receivedMs }) => receivedMs < endMs);
