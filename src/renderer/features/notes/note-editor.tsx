import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { compartments, findCode, jointPlan, professions } from '#shared/domain/codes.ts';
import type { Id } from '#shared/domain/ids.ts';
import { templatesFor, withHeadings } from '#shared/domain/note-templates.ts';
import { noteKinds } from '#shared/domain/records/note.ts';
import { textLimits } from '#shared/domain/text.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { DateField } from '#renderer/components/date-field.tsx';
import { formatMoment, languageOf } from '#renderer/components/format.ts';
import { Kbd } from '#renderer/components/kbd.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { Select } from '#renderer/components/select.tsx';
import { clockOf } from '#renderer/components/typed-clock.ts';
import { TextArea, TextField } from '#renderer/components/text-field.tsx';
import { recordById } from '#renderer/store/reading.ts';
import { useNow, useToday } from '#renderer/store/use-now.ts';
import { DoneByKey, useGroupForm, useNewRecord } from '../editing/index.ts';
import type { NoteEntry } from '../plan-model/index.ts';
import { useFieldProblemWords, useProblemWords } from '../problems/index.ts';
import type { OpenNote } from './open-note.ts';

export type NoteEditorProps = {
  readonly view: ClientView;
  readonly note: OpenNote;
  readonly corrected: NoteEntry | undefined;
  /** Of who writes: which registers and which templates are theirs. */
  readonly profession: string | null;
  readonly onCompartment: (compartment: string) => void;
  /** Leaves the editor; the draft stays. */
  readonly onClose: () => void;
  readonly onWritten: (recordId: Id) => void;
};

const noTemplate = 'none';

const textIn = (value: JsonObject, field: string): string => {
  const found = value[field];
  return typeof found === 'string' ? found : '';
};

/** A note is written once; until then every letter is a draft on this computer. */
export const NoteEditor = ({
  view,
  note,
  corrected,
  profession,
  onCompartment,
  onClose,
  onWritten,
}: NoteEditorProps) => {
  const { t, i18n } = useTranslation(['notes', 'records']);
  const language = languageOf(i18n.language);
  const words = useProblemWords();
  const fieldWords = useFieldProblemWords();
  const sector = professions.find((each) => each.id === profession)?.sector ?? 'social';
  const now = useNow();
  const today = useToday();
  const target = useMemo(
    () => ({
      caseId: view.caseId,
      recordId: note.recordId,
      kind: 'note',
      compartment: note.compartment,
      group: 'entry',
    }),
    [view.caseId, note.recordId, note.compartment],
  );
  const startValue = useMemo<JsonObject>(
    () => ({
      kind: note.kind,
      text: note.text,
      happenedAt: note.happenedAt,
      corrects: note.corrects,
    }),
    [note],
  );
  const form = useGroupForm(target, recordById(view, note.recordId), {
    startValue,
    writesItself: false,
  });
  const [day = '', clock = ''] = textIn(form.value, 'happenedAt').split('T');
  const [typedClock, setTypedClock] = useState(
    language === 'en' ? clock : clock.replace(':', '.').replace(/^0/u, ''),
  );
  const isClock = clockOf(typedClock) !== null;

  const { make, isMaking, problem: notMade } = useNewRecord(form, () => onWritten(note.recordId));
  const problem = form.problem ?? notMade;
  const save = (): void => {
    if (isClock) void make();
  };

  const templates = templatesFor(profession, textIn(form.value, 'kind'));

  const textProblem = form.fieldProblem('text');
  const length = textIn(form.value, 'text').length;
  return (
    <Card
      title={note.corrects === null ? t('new') : t('correction')}
      className="note-editor"
      footer={
        <div className="row row-wrap">
          <span className="muted text-xs" aria-live="polite">
            {form.keptAt === null
              ? t('notKept')
              : t('kept', { moment: formatMoment(form.keptAt, now, language) })}
          </span>
          <span className="row end">
            <Button
              variant="flat"
              onPress={() => {
                form.discard();
                onClose();
              }}
            >
              {t('discard')}
            </Button>
            <Button onPress={onClose}>{t('later')}</Button>
            <Button variant="main" isPending={isMaking} onPress={save}>
              {t('write')} <Kbd keys="Ctrl ↵" />
            </Button>
          </span>
        </div>
      }
    >
      <DoneByKey className="note-fields" onDone={save}>
        {corrected && (
          <Banner tone="info" shape="box" title={t('corrects')}>
            <PlainText text={corrected.entry.text.slice(0, 200)} />
          </Banner>
        )}
        <div className="note-half">
          <Select
            label={t('records:field.noteKind')}
            value={textIn(form.value, 'kind')}
            onChange={(kind) => form.set({ kind })}
            options={noteKinds.map((id) => ({ id, label: t(`records:noteKind.${id}`) }))}
          />
          <Select
            label={t('compartment')}
            value={note.compartment}
            onChange={onCompartment}
            isDisabled={note.corrects !== null || form.keptAt !== null}
            options={compartments
              .filter(
                (each) =>
                  each.id === note.compartment ||
                  each.id === jointPlan ||
                  each.register === (sector === 'health' ? 'patient' : 'social'),
              )
              .map((each) => ({ id: each.id, label: each[language] }))}
          />
        </div>
        <div className="note-half">
          <DateField
            label={t('day')}
            value={day}
            max={today}
            onChange={(date) => {
              if (date !== null) form.set({ happenedAt: `${date}T${clock || '00:00'}` });
            }}
          />
          <TextField
            label={t('clock')}
            value={typedClock}
            inputMode="numeric"
            onChange={(typed) => {
              setTypedClock(typed);
              const time = clockOf(typed);
              if (time !== null) form.set({ happenedAt: `${day}T${time}` });
            }}
            {...(isClock ? {} : { error: fieldWords('not-a-time') })}
          />
        </div>
        <Select
          label={t('template')}
          value={noTemplate}
          onChange={(id) => {
            const template = templates.find((each) => each.id === id);
            if (template) {
              form.set({ text: withHeadings(textIn(form.value, 'text'), template, language) });
            }
          }}
          options={[
            { id: noTemplate, label: t('noTemplate') },
            ...templates.map((each) => ({ id: each.id, label: each[language] })),
          ]}
        />
        <TextArea
          label={t('records:field.noteText')}
          value={textIn(form.value, 'text')}
          onChange={(text) => form.set({ text })}
          rows={8}
          maxRows={18}
          autoFocus
          {...(textProblem !== undefined
            ? { error: fieldWords(textProblem) }
            : length > textLimits.prose
              ? { error: fieldWords('text-too-long') }
              : {})}
        />
        <p className="muted text-xs">
          {t('writtenOnce', {
            register: findCode(compartments, note.compartment)?.[language] ?? '',
          })}
        </p>
        {problem !== null && (
          <Banner tone="bad" shape="box" announce="assertive">
            {words(problem)}
          </Banner>
        )}
      </DoneByKey>
    </Card>
  );
};
