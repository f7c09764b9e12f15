import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/domain/ids.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { ChoiceGroup } from '#renderer/components/checkbox.tsx';
import { ComboBox } from '#renderer/components/combo-box.tsx';
import { DateField } from '#renderer/components/date-field.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { useSaveAbsenceMutation } from '#renderer/store/calls/absences-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { usePeople } from '../people/index.ts';
import { useFieldProblemWords, useProblemWords } from '../problems/index.ts';
import { absenceProblems, saveInput, type AbsenceForm } from './absence-form.ts';
import { ClientChoice } from './client-choice.tsx';

export type AbsenceDialogProps = {
  readonly start: AbsenceForm;
  readonly directory: Directory;
  /** Whose absences this person may record. */
  readonly personIds: readonly Id[];
  readonly onClose: () => void;
};

/** Who is away and when, who steps in, and for which clients. */
export const AbsenceDialog = ({ start, directory, personIds, onClose }: AbsenceDialogProps) => {
  const { t } = useTranslation('absences');
  const words = useProblemWords();
  const fieldWords = useFieldProblemWords();
  const today = useToday();
  const [form, setForm] = useState(start);
  const [isChecked, setChecked] = useState(false);
  const [save, { isLoading, error }] = useSaveAbsenceMutation();
  const people = usePeople(directory);
  const absent = useMemo(
    () => people.filter(({ id }) => personIds.includes(id)),
    [people, personIds],
  );
  const deputies = useMemo(
    () => people.filter(({ id }) => id !== form.personId),
    [people, form.personId],
  );
  const set = (part: Partial<AbsenceForm>): void => setForm((before) => ({ ...before, ...part }));
  const problems = absenceProblems(form, today);
  // The region may know better: of an overlap, of a deputy who is away too.
  const told = error === undefined ? null : problemOf(error);
  const errorOf = (field: keyof typeof problems): { readonly error?: string } => {
    const problem = problems[field];
    return isChecked && problem !== undefined ? { error: fieldWords(problem) } : {};
  };

  const carryOut = async (): Promise<void> => {
    setChecked(true);
    const input = saveInput(form, today);
    if (isLoading || input === null) return;
    const done = await save(input);
    if (done.error === undefined) onClose();
  };

  return (
    <Dialog
      title={form.id === null ? t('form.newTitle') : t('form.changeTitle')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('form.cancel')}</Button>
          <Button variant="main" isPending={isLoading} onPress={() => void carryOut()}>
            {t('form.save')}
          </Button>
        </>
      }
    >
      <div className="absence-form">
        <div className="absence-wide">
          <ComboBox
            label={t('form.person')}
            options={absent}
            value={form.personId}
            onChange={(personId) => set({ personId })}
            isDisabled={form.id !== null || absent.length < 2}
            isRequired
            {...errorOf('personId')}
          />
        </div>
        <DateField
          label={t('form.from')}
          value={form.validFrom}
          onChange={(validFrom) => set({ validFrom })}
          isRequired
          {...errorOf('validFrom')}
        />
        <DateField
          label={t('form.to')}
          value={form.validTo}
          onChange={(validTo) => set({ validTo })}
          description={t('form.toNote')}
          isRequired
          {...errorOf('validTo')}
        />
        <div className="absence-wide">
          <ComboBox
            label={t('form.deputy')}
            description={t('form.deputyNote')}
            options={deputies}
            value={form.deputyId}
            onChange={(deputyId) => set({ deputyId })}
            autoFocus
            {...errorOf('deputyId')}
          />
        </div>
        {form.deputyId !== null && (
          <div className="absence-wide">
            <ChoiceGroup
              label={t('form.clients')}
              value={form.handsOver}
              onChange={(handsOver) => set({ handsOver })}
              choices={[
                { id: 'all', label: t('form.all') },
                { id: 'chosen', label: t('form.some') },
              ]}
            />
          </div>
        )}
        {form.deputyId !== null && form.handsOver === 'chosen' && (
          <div className="absence-wide">
            <ClientChoice
              value={form.caseIds}
              onChange={(caseIds) => set({ caseIds })}
              hidden={form.hidden}
              {...errorOf('caseIds')}
            />
          </div>
        )}
        <p className="absence-wide muted text-s">{t('form.note')}</p>
        {told !== null && (
          <div className="absence-wide">
            <Banner tone="bad" shape="box" announce="assertive">
              {words(told)}
            </Banner>
          </div>
        )}
      </div>
    </Dialog>
  );
};
