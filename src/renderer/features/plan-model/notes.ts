import type { ClientView, RecordView, VersionView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { GroupValue } from '#shared/domain/records/kinds.ts';
import { latestVersion, recordsOf, valueOf } from '#renderer/store/reading.ts';

export type NoteEntry = {
  readonly record: RecordView;
  readonly entry: GroupValue<'note', 'entry'>;
  readonly written: VersionView;
  /** The note that corrects this one, when somebody has. */
  readonly correctedBy: Id | null;
};

/** Notes, what happened last first. */
export const notesOf = (view: ClientView): readonly NoteEntry[] => {
  const notes = recordsOf(view, 'note').flatMap((record) => {
    const entry = valueOf(record, 'note', 'entry');
    const written = latestVersion(record.groups['entry']?.heads ?? []);
    return entry === null || written === undefined ? [] : [{ record, entry, written }];
  });
  const corrections = new Map(
    notes
      .toSorted((a, b) => a.written.time - b.written.time)
      .flatMap(({ record, entry }) =>
        entry.corrects === null ? [] : [[entry.corrects, record.id] as const],
      ),
  );
  return notes
    .map((note) => ({ ...note, correctedBy: corrections.get(note.record.id) ?? null }))
    .toSorted((a, b) => {
      if (a.entry.happenedAt !== b.entry.happenedAt) {
        return a.entry.happenedAt < b.entry.happenedAt ? 1 : -1;
      }
      return b.written.time - a.written.time;
    });
};
