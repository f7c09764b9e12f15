import type { Problem } from '#shared/contract/calls.ts';
import type { Change } from '#shared/domain/change.ts';
import type { Id } from '#shared/domain/ids.ts';
import { headsOf } from '#shared/sync/heads.ts';
import { isNewer } from '#shared/sync/versions.ts';
import type { KnownChange } from '#main/db/queries/changes.ts';

type Place = Pick<Change, 'kind' | 'group'>;

const newer: Problem = { code: 'newer-program' };

const hasNewer = (place: Place, versions: readonly KnownChange[]): boolean =>
  versions.length > 0 &&
  isNewer(
    place,
    versions.map(({ valueText, schema }) => ({
      value: JSON.parse(valueText) as Change['value'],
      schema,
    })),
  );

/** Whether the group, of which these changes are known, waits for a newer program (SPEC V2). */
export const isForNewer = (place: Place, ofGroup: readonly KnownChange[]): boolean =>
  hasNewer(place, ofGroup.length === 1 ? ofGroup : headsOf(ofGroup));

const lookedAt = (ofGroup: readonly KnownChange[], basedOn: readonly Id[]) =>
  ofGroup.filter(({ id }) => basedOn.includes(id));

/** Why the program must be updated before the group is written, or null (SPEC V2). */
export const newerProblem = (
  place: Place,
  basedOn: readonly Id[],
  ofGroup: readonly KnownChange[],
): Problem | null =>
  isForNewer(place, ofGroup) || hasNewer(place, lookedAt(ofGroup, basedOn)) ? newer : null;

/**
 * The same of a draft. Words begun on what this program can write are kept whatever has come meanwhile; they
 * become a change when the program has been updated (SPEC V5).
 */
export const newerDraftProblem = (
  place: Place,
  basedOn: readonly Id[],
  ofGroup: readonly KnownChange[],
): Problem | null => (hasNewer(place, lookedAt(ofGroup, basedOn)) ? newer : null);
