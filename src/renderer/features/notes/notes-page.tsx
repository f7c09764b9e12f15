import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import {
  compartments,
  findCode,
  jointPlan,
  professions,
  registerOf,
  type Register,
} from '#shared/domain/codes.ts';
import { newId, type Id } from '#shared/domain/ids.ts';
import { noteKinds } from '#shared/domain/records/note.ts';
import { Button, TextLink } from '#renderer/components/button.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import {
  civilDateOf,
  formatClock,
  formatDateTime,
  formatWeekdayDate,
  languageOf,
} from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionMark } from '#renderer/components/profession-mark.tsx';
import { professionWord } from '#renderer/components/professions.ts';
import { Select } from '#renderer/components/select.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import { SearchField } from '#renderer/components/text-field.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { isWaiting } from '#renderer/store/reading.ts';
import { clientHref } from '#renderer/store/route.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { notesOf, type NoteEntry } from '../plan-model/index.ts';
import { NoteEditor, type OpenNote } from './note-editor.tsx';
import { everyNote, filterNotes, type NoteFilter } from './note-list.ts';
import './notes.css';

export type NotesPageProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  /** The note to show, when the address names one. */
  readonly recordId: Id | null;
};

const every = 'every';
const registers = ['joint', 'social', 'patient'] as const satisfies readonly Register[];

const makeId = (): Id =>
  newId(Date.now(), (length) => crypto.getRandomValues(new Uint8Array(length)));

/** `YYYY-MM-DDTHH:MM` of now on the wall clock in Finland. */
const nowOnTheWall = (): string => {
  const now = Date.now();
  return `${civilDateOf(now)}T${formatClock(now, 'en')}`;
};

const freshNote = (): OpenNote => ({
  recordId: makeId(),
  compartment: jointPlan,
  corrects: null,
  text: '',
  kind: 'contact',
  happenedAt: nowOnTheWall(),
});

/** A note left in the middle: a draft of a record that nobody has written. */
const unfinishedNote = (view: ClientView): RecordView | undefined =>
  view.records.find(
    (record) =>
      record.kind === 'note' &&
      Object.keys(record.groups).length === 0 &&
      record.drafts['entry'] !== undefined,
  );

const reopened = (record: RecordView): OpenNote => {
  const value = record.drafts['entry']?.value ?? {};
  const text = (field: string): string => {
    const found = value[field];
    return typeof found === 'string' ? found : '';
  };
  return {
    recordId: record.id,
    compartment: record.compartment,
    corrects: text('corrects') || null,
    text: text('text'),
    kind: text('kind') || 'contact',
    happenedAt: text('happenedAt') || nowOnTheWall(),
  };
};

type NoteProps = {
  readonly note: NoteEntry;
  readonly view: ClientView;
  readonly directory: Directory;
  readonly isShown: boolean;
  readonly onCorrect: (note: NoteEntry) => void;
};

const Note = ({ note, view, directory, isShown, onCorrect }: NoteProps) => {
  const { t, i18n } = useTranslation(['notes', 'records']);
  const language = languageOf(i18n.language);
  const today = useToday();
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isShown) element.current?.scrollIntoView({ block: 'center' });
  }, [isShown]);
  const { entry, written, record, correctedBy } = note;
  const author = directory.nameOf(written.authorId) ?? t('records:someone');
  const [day = '', clock = ''] = entry.happenedAt.split('T');
  return (
    <article
      ref={element}
      className={isShown ? 'note note-shown' : 'note'}
      aria-label={`${t(`records:noteKind.${entry.kind}`)} ${day}`}
    >
      <header className="note-head">
        <ProfessionMark profession={written.profession} />
        <b>{t(`records:noteKind.${entry.kind}`)}</b>
        <span className="nowrap">
          {formatWeekdayDate(day, today, language)}{' '}
          {language === 'en' ? clock : clock.replace(':', '.').replace(/^0/u, '')}
        </span>
        <span className="muted cut">
          <PlainText text={author} /> ·{' '}
          {professionWord(written.profession, language).toLocaleLowerCase('fi')}
        </span>
        <span className="row end">
          <Tag>{findCode(compartments, record.compartment)?.[language] ?? record.compartment}</Tag>
          {isWaiting(record) && <Tag tone="line">{t('onlyHere')}</Tag>}
        </span>
      </header>
      <div className={correctedBy === null ? 'note-text' : 'note-text note-corrected'}>
        <PlainText text={entry.text} multiline />
      </div>
      <footer className="note-foot">
        {entry.corrects !== null && (
          <TextLink href={clientHref(view.caseId, 'notes', { recordId: entry.corrects })}>
            {t('correctsEarlier')}
          </TextLink>
        )}
        {correctedBy !== null && (
          <>
            <Tag tone="warn">{t('corrected')}</Tag>
            <TextLink href={clientHref(view.caseId, 'notes', { recordId: correctedBy })}>
              {t('toCorrection')}
            </TextLink>
          </>
        )}
        <span className="muted">
          {t('writtenAt', { moment: formatDateTime(written.time, language) })}
        </span>
        <span className="end">
          <Button variant="flat" onPress={() => onCorrect(note)}>
            {t('correct')}
          </Button>
        </span>
      </footer>
    </article>
  );
};

/** What has been noted, and a new note beside it. */
export const NotesPage = ({ view, directory, recordId }: NotesPageProps) => {
  const { t } = useTranslation(['notes', 'records']);
  const person = useAppSelector((state) => state.session.session?.person ?? null);
  const notes = useMemo(() => notesOf(view), [view]);
  const [filter, setFilter] = useState<NoteFilter>(everyNote);
  const unfinished = unfinishedNote(view);
  const [open, setOpen] = useState<OpenNote | null>(() =>
    unfinished ? reopened(unfinished) : null,
  );
  const shown = useMemo(() => filterNotes(notes, filter), [notes, filter]);
  const set = (part: Partial<NoteFilter>): void => setFilter((before) => ({ ...before, ...part }));

  const authors = useMemo(
    () =>
      [...new Set(notes.map((note) => note.written.authorId))].map((id) => ({
        id,
        label: directory.nameOf(id) ?? t('records:someone'),
        profession: directory.professionOf(id),
      })),
    [notes, directory, t],
  );
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
  const correct = ({ record, entry }: NoteEntry): void =>
    setOpen({
      recordId: makeId(),
      compartment: record.compartment,
      corrects: record.id,
      text: entry.text,
      kind: entry.kind,
      happenedAt: entry.happenedAt,
    });
  const sector = professions.find((each) => each.id === person?.profession)?.sector ?? 'social';

  return (
    <div className={open ? 'page-body notes notes-writing' : 'page-body notes'}>
      <div className="notes-bar">
        <SearchField
          label={t('search')}
          hideLabel
          placeholder={t('search')}
          value={filter.query}
          onChange={(query) => set({ query })}
        />
        <Select
          label={t('records:field.noteKind')}
          hideLabel
          value={filter.kind ?? every}
          onChange={(kind) => set({ kind: kind === every ? null : kind })}
          options={[
            { id: every, label: t('everyKind') },
            ...noteKinds.map((id) => ({ id, label: t(`records:noteKind.${id}`) })),
          ]}
        />
        <Select
          label={t('author')}
          hideLabel
          value={filter.authorId ?? every}
          onChange={(id) => set({ authorId: id === every ? null : id })}
          options={[{ id: every, label: t('everyAuthor') }, ...authors]}
        />
        <Select
          label={t('register')}
          hideLabel
          value={filter.register ?? every}
          onChange={(id) => set({ register: registers.find((each) => each === id) ?? null })}
          options={[
            { id: every, label: t('everyRegister') },
            ...registers
              .filter((each) => notes.some((note) => registerOf(note.record.compartment) === each))
              .map((id) => ({ id, label: t(`records:register.${id}`) })),
          ]}
        />
        <span className="muted text-s">{t('count', { count: shown.length })}</span>
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
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by arrow keys */}
      <section className="card notes-list" aria-label={t('title')} tabIndex={0}>
        {shown.length === 0 ? (
          notes.length === 0 ? (
            <EmptyState action={<Button onPress={begin}>{t('new')}</Button>}>
              {t('empty')}
            </EmptyState>
          ) : (
            <EmptyState
              action={<Button onPress={() => setFilter(everyNote)}>{t('showAll')}</Button>}
            >
              {t('noMatch')}
            </EmptyState>
          )
        ) : (
          shown.map((note) => (
            <Note
              key={note.record.id}
              note={note}
              view={view}
              directory={directory}
              isShown={note.record.id === recordId}
              onCorrect={correct}
            />
          ))
        )}
      </section>
      {open && (
        <NoteEditor
          key={open.recordId}
          view={view}
          note={open}
          corrected={notes.find((note) => note.record.id === open.corrects)}
          sector={sector}
          onCompartment={(compartment) => setOpen({ ...open, compartment })}
          onClose={leave}
          onWritten={leave}
        />
      )}
    </div>
  );
};
