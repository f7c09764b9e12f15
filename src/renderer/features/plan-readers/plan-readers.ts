import type { Edit } from '#shared/contract/calls.ts';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { jointPlan, type Compartment } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { planVersion, type PlanVersion, type StandingChange } from '#shared/domain/plan-version.ts';
import { existenceGroup } from '#shared/domain/records/kinds.ts';
import { latestVersion, recordsOf, valueOf } from '#renderer/store/reading.ts';

/** Somebody who has acknowledged a part of the plan. */
export type PlanReader = {
  readonly personId: Id;
  readonly profession: string;
  /** When, by the reader's own clock: milliseconds since 1970, UTC. */
  readonly time: number;
};

/** Who has acknowledged one part of the plan, the latest first; each person once. */
export type PartReaders = {
  readonly compartment: Compartment;
  /** As it is shown. */
  readonly current: readonly PlanReader[];
  /** As it was before something of it changed. */
  readonly earlier: readonly PlanReader[];
};

type Acknowledgment = PlanReader & {
  readonly compartment: Compartment;
  readonly digest: string;
};

const standingOf = (record: RecordView): readonly StandingChange[] => {
  const at = (group: string, ids: readonly Id[]): readonly StandingChange[] =>
    ids.map((id) => ({ id, kind: record.kind, compartment: record.compartment, group }));
  return [
    ...Object.entries(record.groups).flatMap(([group, { heads }]) =>
      at(
        group,
        heads.map(({ changeId }) => changeId),
      ),
    ),
    ...at(existenceGroup, record.existenceTouched?.heads ?? []),
  ];
};

/** Which version of the plan a view shows, compartment by compartment. */
export const versionShown = (view: ClientView): PlanVersion =>
  planVersion(view.records.flatMap(standingOf));

/** In the order in which they were given. */
const acknowledgmentsOf = (view: ClientView): readonly Acknowledgment[] =>
  recordsOf(view, 'plan-acknowledgment')
    .flatMap((record) => {
      const value = valueOf(record, 'plan-acknowledgment', 'version');
      const by = latestVersion(record.groups['version']?.heads ?? []);
      return value === null || by === undefined
        ? []
        : [
            {
              personId: by.authorId,
              profession: by.profession,
              time: by.time,
              compartment: record.compartment,
              digest: value.digest,
            },
          ];
    })
    .toSorted((a, b) => a.time - b.time);

const latestFirst = (a: PlanReader, b: PlanReader): number =>
  b.time - a.time || (a.personId < b.personId ? -1 : 1);

const readersOf = (
  digest: string,
  given: readonly Acknowledgment[],
): Omit<PartReaders, 'compartment'> => {
  const current: PlanReader[] = [];
  const earlier: PlanReader[] = [];
  for (const [personId, all] of Map.groupBy(given, (each) => each.personId)) {
    const read = all.find((each) => each.digest === digest);
    const told = read ?? all.at(-1);
    if (told === undefined) continue;
    const { profession, time } = told;
    (read ? current : earlier).push({ personId, profession, time });
  }
  return { current: current.toSorted(latestFirst), earlier: earlier.toSorted(latestFirst) };
};

/** The joint plan first: everybody in the team sees it. */
const jointFirst = (a: Compartment, b: Compartment): number =>
  Number(b === jointPlan) - Number(a === jointPlan) || (a < b ? -1 : 1);

/**
 * Who has acknowledged a version of the plan, part by part. Acknowledgments are read from `given`: the client
 * as it is now, also where the version is one of the past.
 */
export const planReaders = (version: PlanVersion, given: ClientView): readonly PartReaders[] => {
  const byPart = Map.groupBy(acknowledgmentsOf(given), ({ compartment }) => compartment);
  return [...version]
    .toSorted(([a], [b]) => jointFirst(a, b))
    .map(([compartment, digest]) => ({
      compartment,
      ...readersOf(digest, byPart.get(compartment) ?? []),
    }));
};

/** The parts that a person has not acknowledged as they stand, of those in which they may write. */
export const partsToAcknowledge = (
  view: ClientView,
  version: PlanVersion,
  personId: Id,
): readonly Compartment[] => {
  const done = new Set(
    planReaders(version, view)
      .filter(({ current }) => current.some((reader) => reader.personId === personId))
      .map(({ compartment }) => compartment),
  );
  return view.access.parts.flatMap(({ compartment, writes }) =>
    writes && version.has(compartment) && !done.has(compartment) ? [compartment] : [],
  );
};

/** Kuittaan lukeneeni: one record for each part that was read, all written at once. */
export const acknowledgmentEdits = (
  version: PlanVersion,
  parts: readonly Compartment[],
  makeId: () => Id,
): Edit[] =>
  parts.map((compartment) => ({
    recordId: makeId(),
    kind: 'plan-acknowledgment',
    compartment,
    group: 'version',
    value: { digest: version.get(compartment) ?? '' },
    basedOn: [],
  }));
