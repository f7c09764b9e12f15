import type { CallOutput } from '#shared/contract/calls.ts';
import type { GrantPart } from '#shared/contract/views.ts';
import type { OpeningKind } from '#shared/domain/access/rules.ts';
import type { Id } from '#shared/domain/ids.ts';

/** An opening of the client that is on the screen. */
export type Running = {
  readonly openingId: Id;
  readonly kind: OpeningKind;
  readonly untilMs: number;
  /** Opened here without a network, and the region has not heard of it yet. */
  readonly untold: boolean;
};

const kindOf = ({ basis, relation }: GrantPart): OpeningKind | null => {
  if (basis === 'confirmation') return 'confirmation';
  // One that rests on a record as well names that, and not its opening.
  if (basis !== 'relation' && basis !== 'statutory') return null;
  if (relation === 'emergency') return 'emergency';
  return relation === 'opening' ? 'ground' : null;
};

/**
 * What is open for a time, the shortest first: what the core tells, and whatever open part says of itself
 * that it rests on an opening, so that no such part is shown without its line.
 */
export const runningOf = (
  caseId: Id,
  told: CallOutput<'openings.active'>['rows'],
  parts: readonly GrantPart[],
): readonly Running[] => {
  const found = new Map<Id, Running>();
  for (const part of parts) {
    const kind = kindOf(part);
    if (kind === null || part.basisId === null || part.untilMs === null) continue;
    const { basisId: openingId, untilMs } = part;
    const known = found.get(openingId);
    if (known && known.untilMs >= untilMs) continue;
    found.set(openingId, { openingId, kind, untilMs, untold: false });
  }
  for (const { openingId, kind, untilMs, untold } of told.filter((row) => row.caseId === caseId)) {
    found.set(openingId, { openingId, kind, untilMs, untold });
  }
  return [...found.values()].toSorted((a, b) => a.untilMs - b.untilMs);
};
