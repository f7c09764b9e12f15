import trackList from '#resources/rules/plan-tracks.json' with { type: 'json' };
import type { CivilDate } from './civil-date.ts';
import type { Language } from './codes.ts';
import type { planTracks } from './records/plan.ts';

export type PlanTrack = (typeof planTracks)[number];

/** A heading under which needs of the track often stand. */
export type SuggestedNeed = { readonly lifeArea: string } & {
  readonly [language in Language]: string;
};

/** What a plan of the track is asked for. The plan itself is the same: a change of track takes nothing away. */
export type TrackTemplate = {
  readonly track: PlanTrack;
  /** Ids of elements; `plan-elements.ts`. */
  readonly required: readonly string[];
  readonly recommended: readonly string[];
  readonly lifeAreas: readonly string[];
  readonly needs: readonly SuggestedNeed[];
  readonly source: string;
  readonly validFrom: CivilDate;
  readonly validTo: CivilDate | null;
  readonly verifiedOn: CivilDate;
};

export const trackTemplates = trackList as readonly TrackTemplate[];

/** The track's template on a day; undefined for a plan without a track. */
export const templateOf = (track: string | null, today: CivilDate): TrackTemplate | undefined =>
  trackTemplates.find(
    (each) =>
      each.track === track &&
      each.validFrom <= today &&
      (each.validTo === null || today <= each.validTo),
  );

export type Asked = 'required' | 'recommended' | null;

export const asks = (template: TrackTemplate | undefined, elementId: string): Asked => {
  if (template?.required.includes(elementId) === true) return 'required';
  return template?.recommended.includes(elementId) === true ? 'recommended' : null;
};
