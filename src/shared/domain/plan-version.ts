import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Compartment } from './codes.ts';
import type { Id } from './ids.ts';
import { rowKinds } from './plan-elements.ts';
import { silentGroups } from './records/silent-groups.ts';

/** A change that stands in a plan: a head of its group. */
export type StandingChange = {
  readonly id: Id;
  readonly kind: string;
  readonly compartment: Compartment;
  readonly group: string;
};

/** A version of a plan: a digest for each compartment in which something of it lies. */
export type PlanVersion = ReadonlyMap<Compartment, string>;

/** What a plan says. Requests and acknowledgments are about it, and are no part of it. */
const contentKinds: ReadonlySet<string> = new Set([
  'plan',
  'need',
  'goal',
  'action',
  'rating',
  'family-member',
  ...rowKinds,
]);

/**
 * Which version of a plan these heads are, compartment by compartment: SHA-256 of their ids, as 64
 * hexadecimal digits. The same heads give the same version in whatever order they came and at whichever
 * computer; any other head gives another. Order in lists and ties between rows are not read, and do not count.
 */
export const planVersion = (standing: Iterable<StandingChange>): PlanVersion => {
  const content = [...standing].filter(
    ({ kind, group }) => contentKinds.has(kind) && !silentGroups.has(group),
  );
  return new Map(
    [...Map.groupBy(content, ({ compartment }) => compartment)].map(([compartment, heads]) => {
      const ids = heads.map(({ id }) => id).toSorted();
      return [compartment, bytesToHex(sha256(utf8ToBytes(ids.join('\n'))))];
    }),
  );
};
