import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dutyIds, duties, partnerSectors, type Duty } from '#shared/domain/codes.ts';
import type { WorkTask } from '#shared/domain/directory.ts';
import { Button } from '#renderer/components/button.tsx';
import { CheckboxChoices } from '#renderer/components/checkbox-choices.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { Select } from '#renderer/components/select.tsx';
import { TextField } from '#renderer/components/text-field.tsx';
import { useSavePersonMutation } from '#renderer/store/calls/administration-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { useFieldProblemWords } from '../problems/index.ts';
import { ProblemBox } from './parts.tsx';
import { newTask, personProblems, saveInputOf, type PersonForm } from './person-form.ts';
import { TaskFields } from './task-fields.tsx';

const noSector = 'none';

/** One person: names, work tasks with their days, duties. Rights follow the tasks. */
export const PersonDialog = ({
  start,
  directory,
  onClose,
}: {
  readonly start: PersonForm;
  readonly directory: Directory;
  readonly onClose: () => void;
}) => {
  const { t, i18n } = useTranslation('administration');
  const language = languageOf(i18n.language);
  const fieldWords = useFieldProblemWords();
  const [form, setForm] = useState(start);
  const [isChecked, setChecked] = useState(false);
  const [save, { isLoading, error }] = useSavePersonMutation();
  const today = useToday();
  const problems = personProblems(form);
  const set = (part: Partial<PersonForm>): void => setForm((before) => ({ ...before, ...part }));
  const setTask = (index: number, task: WorkTask): void =>
    set({ tasks: form.tasks.map((each, place) => (place === index ? task : each)) });
  const errorOf = (field: keyof typeof problems): { readonly error?: string } => {
    const problem = problems[field];
    return isChecked && problem !== undefined ? { error: fieldWords(problem) } : {};
  };
  const carryOut = async (): Promise<void> => {
    setChecked(true);
    if (isLoading || Object.keys(problems).length > 0) return;
    const done = await save(saveInputOf(form));
    if (done.error === undefined) onClose();
  };
  return (
    <Dialog
      title={form.id === null ? t('people.newTitle') : t('people.changeTitle')}
      isOpen
      onClose={onClose}
      width="wide"
      isQuestion
      actions={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button variant="main" isPending={isLoading} onPress={() => void carryOut()}>
            {t('save')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <div className="administration-row">
          <TextField
            label={t('people.givenName')}
            value={form.givenName}
            onChange={(givenName) => set({ givenName })}
            autoFocus
            {...errorOf('givenName')}
          />
          <TextField
            label={t('people.familyName')}
            value={form.familyName}
            onChange={(familyName) => set({ familyName })}
            {...errorOf('familyName')}
          />
          <TextField
            label={t('people.registerNumber')}
            value={form.registerNumber}
            onChange={(registerNumber) => set({ registerNumber })}
          />
        </div>
        {form.tasks.map((task, index) => (
          <TaskFields
            key={index}
            task={task}
            place={index + 1}
            directory={directory}
            onChange={(changed) => setTask(index, changed)}
            onRemove={
              form.tasks.length === 1
                ? null
                : () => set({ tasks: form.tasks.filter((_, place) => place !== index) })
            }
          />
        ))}
        {isChecked && problems.tasks !== undefined && (
          <p className="field-error" role="alert">
            {fieldWords(problems.tasks)}
          </p>
        )}
        <div>
          <Button icon="plus" onPress={() => set({ tasks: [...form.tasks, newTask(today)] })}>
            {t('task.add')}
          </Button>
        </div>
        <Select
          label={t('people.partnerSector')}
          value={form.partnerSector ?? noSector}
          onChange={(id) => set({ partnerSector: id === noSector ? null : id })}
          options={[
            { id: noSector, label: t('people.noSector') },
            ...partnerSectors.map((sector) => ({ id: sector.id, label: sector[language] })),
          ]}
          {...errorOf('partnerSector')}
        />
        <CheckboxChoices
          label={t('people.duties')}
          groups={[
            {
              heading: null,
              choices: duties.map((duty) => ({ id: duty.id, label: duty[language] })),
            },
          ]}
          value={form.duties}
          onChange={(ids) => set({ duties: dutyIds.filter((duty: Duty) => ids.includes(duty)) })}
        />
        <ProblemBox problem={error === undefined ? null : problemOf(error)} />
      </div>
    </Dialog>
  );
};
