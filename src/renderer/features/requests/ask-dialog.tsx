import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/domain/ids.ts';
import { requestKinds } from '#shared/domain/records/request.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { ComboBox } from '#renderer/components/combo-box.tsx';
import { DateField } from '#renderer/components/date-field.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { Kbd } from '#renderer/components/kbd.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { Select } from '#renderer/components/select.tsx';
import { TextArea } from '#renderer/components/text-field.tsx';
import { recordById } from '#renderer/store/reading.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { makeId } from '#renderer/store/make-id.ts';
import { DoneByKey, useGroupForm, useNewRecord, type FieldSurroundings } from '../editing/index.ts';
import { teamOf } from '../plan-model/index.ts';
import { useFieldProblemWords, useProblemWords } from '../problems/index.ts';
import { askedBy, askedOption, askOptions } from './ask-options.ts';

/** A place of the plan that something can be asked about. */
export type AskedPlace = {
  readonly recordId: Id;
  readonly kind: string;
  readonly compartment: string;
  /** `Tavoite 1.2`, or the plan as a whole. */
  readonly name: string;
  readonly title: string;
  /** The groups of which one can be asked for by itself. */
  readonly groups: readonly string[];
  /** The one of them that is asked for until another is chosen. */
  readonly group?: string;
};

export type AskDialogProps = {
  readonly place: AskedPlace;
  readonly surroundings: FieldSurroundings;
  readonly onClose: () => void;
  readonly onAsked: () => void;
};

const whole = 'whole';

/** Asks a colleague for something at one place: whom, for what, by when. What is typed is kept as a draft. */
export const AskDialog = ({ place, surroundings, onClose, onAsked }: AskDialogProps) => {
  const { t, i18n } = useTranslation(['requests', 'records']);
  const language = languageOf(i18n.language);
  const { view, directory } = surroundings;
  const today = useToday();
  const words = useProblemWords();
  const fieldWords = useFieldProblemWords();
  const ownId = useAppSelector((state) => state.session.session?.person?.id ?? null);
  const unfinished = unfinishedAt(surroundings, place.recordId);
  const [recordId] = useState(() => unfinished ?? makeId());
  const target = useMemo(
    () => ({
      caseId: view.caseId,
      recordId,
      kind: 'request',
      compartment: place.compartment,
      group: 'question',
    }),
    [view.caseId, recordId, place.compartment],
  );
  const startValue = useMemo<JsonObject>(
    () => ({
      kind: 'fill-part',
      personId: null,
      profession: null,
      recordId: place.recordId,
      group: place.group ?? null,
      text: '',
      due: null,
    }),
    [place.recordId, place.group],
  );
  const form = useGroupForm(target, recordById(view, recordId), {
    startValue,
    writesItself: false,
  });
  const { make, isMaking, problem } = useNewRecord(form, onAsked);
  const options = useMemo(
    () => askOptions(teamOf(view, today), directory, ownId, language, t('requests:ask.anybody')),
    [view, today, directory, ownId, language, t],
  );
  const errorOf = (field: string) => {
    const code = form.fieldProblem(field);
    return code === undefined ? {} : { error: fieldWords(code) };
  };
  const textIn = (field: string): string => {
    const found = form.value[field];
    return typeof found === 'string' ? found : '';
  };
  return (
    <Dialog
      title={t('requests:ask.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button
            variant="flat"
            onPress={() => {
              form.discard();
              onClose();
            }}
          >
            {t('requests:ask.discard')}
          </Button>
          <Button onPress={onClose}>{t('requests:ask.later')}</Button>
          <Button variant="main" isPending={isMaking} onPress={() => void make()}>
            {t('requests:ask.send')} <Kbd keys="Ctrl ↵" />
          </Button>
        </>
      }
    >
      <DoneByKey onDone={() => void make()}>
        <p className="muted text-s">
          {place.name} <PlainText text={place.title} />
        </p>
        <ComboBox
          label={t('requests:ask.whom')}
          description={t('requests:ask.whomHint')}
          options={options}
          value={askedOption(form.value)}
          onChange={(option) => form.set(askedBy(option))}
          autoFocus
          {...errorOf('personId')}
        />
        <div className="request-halves">
          <Select
            label={t('requests:ask.what')}
            value={textIn('kind')}
            onChange={(kind) => form.set({ kind })}
            options={requestKinds.map((id) => ({ id, label: t(`requests:kind.${id}`) }))}
          />
          <Select
            label={t('requests:ask.part')}
            value={textIn('group') || whole}
            onChange={(group) => form.set({ group: group === whole ? null : group })}
            options={[
              { id: whole, label: t('requests:ask.whole') },
              ...place.groups.map((group) => ({
                id: group,
                label: t(`records:group.${place.kind}.${group}`),
              })),
            ]}
          />
        </div>
        <TextArea
          label={t('requests:ask.text')}
          rows={3}
          value={textIn('text')}
          onChange={(text) => form.set({ text })}
          {...errorOf('text')}
        />
        <DateField
          label={t('records:field.due')}
          description={t('records:hint.due')}
          value={textIn('due') || null}
          min={today}
          onChange={(due) => form.set({ due })}
          {...errorOf('due')}
        />
        <p className="group-state" aria-live="polite">
          {form.keptAt === null ? '' : t('requests:ask.kept')}
        </p>
        {problem !== null && (
          <Banner tone="bad" shape="box" announce="assertive">
            {words(problem)}
          </Banner>
        )}
      </DoneByKey>
    </Dialog>
  );
};

/** A request about the place that was begun and not sent: a draft of a record that nobody has written. */
const unfinishedAt = ({ view }: FieldSurroundings, placeId: Id): Id | undefined =>
  view.records.find(
    (record) =>
      record.kind === 'request' &&
      Object.keys(record.groups).length === 0 &&
      record.drafts['question']?.value['recordId'] === placeId,
  )?.id;
