import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#renderer/components/button.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { useRegionRole } from '#renderer/components/region-role.tsx';
import { notesOf } from '../plan-model/index.ts';
import { howManyShown, notesAtOnce } from './note-list.ts';
import { Note } from './note.tsx';
import type { NotesPageProps } from './notes-page.tsx';
import './notes.css';

/** What has been noted, to be read and not written. */
export const NotesRead = ({ view, directory, recordId }: NotesPageProps) => {
  const { t } = useTranslation('notes');
  const notes = useMemo(() => notesOf(view), [view]);
  const [asked, setAsked] = useState(notesAtOnce);
  const shown = notes.slice(0, howManyShown(notes, asked, recordId));
  return (
    <section role={useRegionRole()} className="card" aria-label={t('title')}>
      {shown.map((note) => (
        <Note
          key={note.record.id}
          note={note}
          view={view}
          directory={directory}
          isShown={note.record.id === recordId}
        />
      ))}
      {shown.length < notes.length && (
        <div className="notes-more">
          <Button onPress={() => setAsked(shown.length + notesAtOnce)}>
            {t('more', { count: Math.min(notesAtOnce, notes.length - shown.length) })}
          </Button>
        </div>
      )}
      {notes.length === 0 && <EmptyState>{t('empty')}</EmptyState>}
    </section>
  );
};
