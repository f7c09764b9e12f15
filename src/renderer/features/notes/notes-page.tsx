import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import { Button } from '#renderer/components/button.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { notesOf } from '../plan-model/index.ts';
import { LastVisit } from '../visit/index.ts';
import { NoteEditor } from './note-editor.tsx';
import { everyNote, filterNotes, howManyShown, notesAtOnce, type NoteFilter } from './note-list.ts';
import { Note } from './note.tsx';
import { NotesFilter } from './notes-filter.tsx';
import { correctionOf, freshNote, reopened, unfinishedNote, type OpenNote } from './open-note.ts';
import './notes.css';

export type NotesPageProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  /** The note to show, when the address names one. */
  readonly recordId: Id | null;
};

/** What has been noted, and a new note beside it. */
export const NotesPage = ({ view, directory, recordId }: NotesPageProps) => {
  const { t } = useTranslation(['notes', 'records']);
  const person = useAppSelector((state) => state.session.session?.person ?? null);
  const notes = useMemo(() => notesOf(view), [view]);
  const [filter, setFilter] = useState<NoteFilter>(everyNote);
  const [asked, setAsked] = useState(notesAtOnce);
  const unfinished = unfinishedNote(view);
  const [open, setOpen] = useState<OpenNote | null>(() =>
    unfinished ? reopened(unfinished) : null,
  );
  const found = useMemo(() => filterNotes(notes, filter), [notes, filter]);
  const shown = found.slice(0, howManyShown(found, asked, recordId));
  const filterBy = (next: NoteFilter): void => {
    setFilter(next);
    setAsked(notesAtOnce);
  };

  const beginning = useRef<HTMLButtonElement>(null);
  const [timesLeft, setTimesLeft] = useState(0);
  /** The editor goes, and what had the focus with it. */
  const leave = (): void => {
    setOpen(null);
    setTimesLeft((times) => times + 1);
  };
  useEffect(() => {
    if (timesLeft > 0) beginning.current?.focus();
  }, [timesLeft]);
  const begin = (): void => setOpen(unfinished ? reopened(unfinished) : freshNote());

  return (
    <div className={open ? 'page-body notes notes-writing' : 'page-body notes'}>
      <div className="notes-bar">
        <NotesFilter
          notes={notes}
          directory={directory}
          filter={filter}
          onChange={(part) => filterBy({ ...filter, ...part })}
        />
        <span className="muted text-s" aria-live="polite">
          {t('count', { count: found.length })}
        </span>
        <span className="end">
          <Button
            variant="main"
            icon="plus"
            onPress={begin}
            isDisabled={open !== null}
            ref={beginning}
          >
            {unfinished && open === null ? t('continue') : t('new')}
          </Button>
        </span>
        <LastVisit view={view} directory={directory} />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by arrow keys */}
      <section className="card notes-list" aria-label={t('title')} tabIndex={0}>
        {shown.map((note) => (
          <Note
            key={note.record.id}
            note={note}
            view={view}
            directory={directory}
            isShown={note.record.id === recordId}
            onCorrect={(corrected) => setOpen(correctionOf(corrected))}
          />
        ))}
        {shown.length < found.length && (
          <div className="notes-more">
            <Button onPress={() => setAsked(shown.length + notesAtOnce)}>
              {t('more', { count: Math.min(notesAtOnce, found.length - shown.length) })}
            </Button>
          </div>
        )}
        {notes.length === 0 ? (
          <EmptyState action={<Button onPress={begin}>{t('new')}</Button>}>{t('empty')}</EmptyState>
        ) : (
          found.length === 0 && (
            <EmptyState
              action={<Button onPress={() => filterBy(everyNote)}>{t('showAll')}</Button>}
            >
              {t('noMatch')}
            </EmptyState>
          )
        )}
      </section>
      {open && (
        <NoteEditor
          key={open.recordId}
          view={view}
          note={open}
          corrected={notes.find((note) => note.record.id === open.corrects)}
          profession={person?.profession ?? null}
          onCompartment={(compartment) => setOpen({ ...open, compartment })}
          onClose={leave}
          onWritten={leave}
        />
      )}
    </div>
  );
};
