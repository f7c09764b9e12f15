import type { ClientView, RecordView, VersionView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import { sectionOfKind, type Section } from '#shared/domain/records/sections.ts';
import { silentGroups } from '#shared/domain/records/silent-groups.ts';
import { latestVersion } from '#renderer/store/reading.ts';

/** A record that others have changed since this person last looked. */
export type UnseenRecord = {
  readonly record: RecordView;
  readonly section: Section;
  /** The groups that changed and mean something to a reader; `existence` for removed or given back. */
  readonly groups: readonly string[];
  /** The latest version in them; missing when only the record's being there changed. */
  readonly latest: VersionView | undefined;
  /** Milliseconds since 1970, UTC. */
  readonly time: number;
};

/** That a colleague has read the plan changes nothing of it. */
const silentKinds: ReadonlySet<string> = new Set(['plan-acknowledgment']);

const saying = ({ kind, unseen }: RecordView): readonly string[] =>
  silentKinds.has(kind) ? [] : unseen.filter((group) => !silentGroups.has(group));

/** What others changed since this person last looked, the latest first. */
export const unseenOf = (view: ClientView, ownId: Id | null): readonly UnseenRecord[] =>
  view.records
    .flatMap((record) => {
      const groups = saying(record);
      if (groups.length === 0) return [];
      const latest = latestVersion(
        groups
          .flatMap((group) => record.groups[group]?.heads ?? [])
          .filter(({ authorId }) => authorId !== ownId),
      );
      const time = Math.max(latest?.time ?? 0, record.existenceTouched?.time ?? 0);
      return [{ record, section: sectionOfKind(record.kind), groups, latest, time }];
    })
    .toSorted((a, b) => b.time - a.time || (a.record.id < b.record.id ? -1 : 1));

/** Whether others have changed anything of it that means something to a reader. */
export const isUnseen = (record: RecordView): boolean => saying(record).length > 0;

/** How many records changed in each section. */
export const unseenCounts = (
  unseen: readonly UnseenRecord[],
): Readonly<Partial<Record<Section, number>>> => {
  const counts: Partial<Record<Section, number>> = {};
  for (const { section } of unseen) counts[section] = (counts[section] ?? 0) + 1;
  return counts;
};
