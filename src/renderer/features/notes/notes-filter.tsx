import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { registerOf, type Register } from '#shared/domain/codes.ts';
import { noteKinds } from '#shared/domain/records/note.ts';
import { DateField } from '#renderer/components/date-field.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { professionWord } from '#renderer/components/professions.ts';
import { Select } from '#renderer/components/select.tsx';
import { SearchField } from '#renderer/components/text-field.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { useToday } from '#renderer/store/use-now.ts';
import type { NoteEntry } from '../plan-model/index.ts';
import type { NoteFilter } from './note-list.ts';

const every = 'every';
const registers = ['joint', 'social', 'patient'] as const satisfies readonly Register[];

export type NotesFilterProps = {
  readonly notes: readonly NoteEntry[];
  readonly directory: Directory;
  readonly filter: NoteFilter;
  readonly onChange: (part: Partial<NoteFilter>) => void;
};

/** By word, kind, writer, profession, register and period; only what occurs is offered. */
export const NotesFilter = ({ notes, directory, filter, onChange }: NotesFilterProps) => {
  const { t, i18n } = useTranslation(['notes', 'records']);
  const language = languageOf(i18n.language);
  const today = useToday();
  const authors = useMemo(
    () =>
      [...new Set(notes.map(({ written }) => written.authorId))].map((id) => ({
        id,
        label: directory.nameOf(id) ?? t('records:someone'),
        profession: directory.professionOf(id),
      })),
    [notes, directory, t],
  );
  const professions = useMemo(
    () =>
      [...new Set(notes.map(({ written }) => written.profession))].map((id) => ({
        id,
        label: professionWord(id, language),
        profession: id,
      })),
    [notes, language],
  );
  const chosen = (id: string): string | null => (id === every ? null : id);
  return (
    <>
      <SearchField
        label={t('search')}
        hideLabel
        placeholder={t('search')}
        value={filter.query}
        onChange={(query) => onChange({ query })}
      />
      <Select
        label={t('records:field.noteKind')}
        hideLabel
        value={filter.kind ?? every}
        onChange={(id) => onChange({ kind: chosen(id) })}
        options={[
          { id: every, label: t('everyKind') },
          ...noteKinds.map((id) => ({ id, label: t(`records:noteKind.${id}`) })),
        ]}
      />
      <Select
        label={t('profession')}
        hideLabel
        value={filter.profession ?? every}
        onChange={(id) => onChange({ profession: chosen(id) })}
        options={[{ id: every, label: t('everyProfession') }, ...professions]}
      />
      <Select
        label={t('author')}
        hideLabel
        value={filter.authorId ?? every}
        onChange={(id) => onChange({ authorId: chosen(id) })}
        options={[{ id: every, label: t('everyAuthor') }, ...authors]}
      />
      <Select
        label={t('register')}
        hideLabel
        value={filter.register ?? every}
        onChange={(id) => onChange({ register: registers.find((each) => each === id) ?? null })}
        options={[
          { id: every, label: t('everyRegister') },
          ...registers
            .filter((each) => notes.some((note) => registerOf(note.record.compartment) === each))
            .map((id) => ({ id, label: t(`records:register.${id}`) })),
        ]}
      />
      <span className="notes-period">
        <DateField
          label={t('from')}
          hideLabel
          value={filter.from}
          max={today}
          onChange={(from) => onChange({ from })}
        />
        –
        <DateField
          label={t('to')}
          hideLabel
          value={filter.to}
          max={today}
          onChange={(to) => onChange({ to })}
        />
      </span>
    </>
  );
};
