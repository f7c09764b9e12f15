import { useTranslation } from 'react-i18next';
import { compartments, findCode, professions, taskClasses } from '#shared/domain/codes.ts';
import type { WorkTask } from '#shared/domain/directory.ts';
import { Button } from '#renderer/components/button.tsx';
import { CheckboxChoices } from '#renderer/components/checkbox-choices.tsx';
import { Checkbox } from '#renderer/components/checkbox.tsx';
import { DateField } from '#renderer/components/date-field.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { Select } from '#renderer/components/select.tsx';
import type { Directory } from '#renderer/store/people.ts';

const noUnit = 'none';

/** Services that a task may have as its own; what is joint opens by the task class. */
const services = (['social', 'patient'] as const).map((register) => ({
  register,
  codes: compartments.filter((code) => code.register === register),
}));

/** One work task: where, as what, in which task class (STM 457/2024), from when to when. */
export const TaskFields = ({
  task,
  place,
  directory,
  onChange,
  onRemove,
}: {
  readonly task: WorkTask;
  readonly place: number;
  readonly directory: Directory;
  readonly onChange: (task: WorkTask) => void;
  readonly onRemove: (() => void) | null;
}) => {
  const { t, i18n } = useTranslation('administration');
  const language = languageOf(i18n.language);
  const units = [...directory.units.values()].toSorted((a, b) =>
    a.name.localeCompare(b.name, 'fi'),
  );
  return (
    <fieldset className="administration-task">
      <legend>{t('task.title', { place })}</legend>
      <div className="administration-row">
        <Select
          label={t('task.profession')}
          value={task.profession}
          onChange={(profession) =>
            onChange({
              ...task,
              profession,
              taskClass: findCode(professions, profession)?.taskClass ?? task.taskClass,
            })
          }
          options={professions.map((profession) => ({
            id: profession.id,
            label: profession[language],
          }))}
        />
        <Select
          label={t('task.taskClass')}
          value={task.taskClass}
          onChange={(taskClass) => onChange({ ...task, taskClass })}
          options={taskClasses.map((each) => ({ id: each.id, label: each[language] }))}
        />
        <Select
          label={t('people.unit')}
          value={task.unitId ?? noUnit}
          onChange={(id) => onChange({ ...task, unitId: id === noUnit ? null : id })}
          options={[
            { id: noUnit, label: t('task.noUnit') },
            ...units.map((unit) => ({ id: unit.id, label: unit.name })),
          ]}
        />
        <DateField
          label={t('task.from')}
          value={task.validFrom}
          onChange={(validFrom) => {
            if (validFrom !== null) onChange({ ...task, validFrom });
          }}
        />
        <DateField
          label={t('task.to')}
          value={task.validTo}
          onChange={(validTo) => onChange({ ...task, validTo })}
        />
      </div>
      <div className="administration-row">
        <Checkbox isSelected={task.round} onChange={(round) => onChange({ ...task, round })}>
          {t('task.round')}
        </Checkbox>
        {onRemove && (
          <Button variant="flat" onPress={onRemove}>
            {t('task.remove', { place })}
          </Button>
        )}
      </div>
      <CheckboxChoices
        label={t('task.services')}
        description={t('task.servicesNote')}
        groups={services.map(({ register, codes }) => ({
          heading: t(`task.register.${register}`),
          choices: codes.map((code) => ({ id: code.id, label: code[language] })),
        }))}
        value={task.services}
        onChange={(ids) => onChange({ ...task, services: [...ids] })}
      />
    </fieldset>
  );
};
