import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { assertNever } from '#shared/lib/assert-never.ts';
import { Checkbox } from '#renderer/components/checkbox.tsx';
import { ComboBox } from '#renderer/components/combo-box.tsx';
import { DateField } from '#renderer/components/date-field.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { Select } from '#renderer/components/select.tsx';
import { TextArea, TextField } from '#renderer/components/text-field.tsx';
import { planTree, titleOf, allNodes } from '../plan-model/index.ts';
import { useFieldProblemWords } from '../problems/index.ts';
import type { FieldSpec } from './field-spec.ts';
import { fieldsOf } from './field-specs.ts';
import { usePeopleOptions, type FieldSurroundings } from './people-options.ts';
import {
  CodesField,
  DocumentField,
  GuardiansField,
  PeopleField,
  UnitsField,
} from './several-fields.tsx';
import { TongueField } from './tongue-field.tsx';
import type { GroupForm } from './use-group-form.ts';

const textOf = (value: JsonObject, name: string): string => {
  const found = value[name];
  return typeof found === 'string' ? found : '';
};

const idsOf = (value: JsonObject, name: string): readonly string[] => {
  const found = value[name];
  return Array.isArray(found) ? found.filter((id) => typeof id === 'string') : [];
};

const idOf = (value: JsonObject, name: string): string | null => textOf(value, name) || null;

const PersonField = ({
  surroundings,
  ...field
}: {
  readonly surroundings: FieldSurroundings;
  readonly label: string;
  readonly value: string | null;
  readonly error?: string;
  readonly onChange: (id: string | null) => void;
}) => {
  const options = usePeopleOptions(surroundings);
  return <ComboBox {...field} options={options} />;
};

const RecordField = ({
  surroundings,
  of,
  ...field
}: {
  readonly surroundings: FieldSurroundings;
  readonly of: Extract<FieldSpec, { type: 'record' }>['of'];
  readonly label: string;
  readonly value: string | null;
  readonly error?: string;
  readonly onChange: (id: string | null) => void;
}) => {
  const { i18n } = useTranslation('records');
  const language = languageOf(i18n.language);
  const options = useMemo(
    () =>
      allNodes(planTree(surroundings.view))
        .filter((node) => node.kind === of && node.state !== 'removed')
        .map((node) => ({
          id: node.id,
          label: `${node.number} ${titleOf(node, language)}`.trim(),
        })),
    [surroundings.view, of, language],
  );
  return <Select {...field} options={options} />;
};

type FieldProps = {
  readonly spec: FieldSpec;
  readonly form: GroupForm;
  readonly surroundings: FieldSurroundings;
  readonly autoFocus: boolean;
};

const Field = ({ spec, form, surroundings, autoFocus }: FieldProps) => {
  const { t, i18n } = useTranslation('records');
  const problemWords = useFieldProblemWords();
  const language = languageOf(i18n.language);
  const problem = form.fieldProblem(spec.name);
  const set = (content: JsonObject[string]): void => form.set({ [spec.name]: content });
  const common = {
    label: t(`field.${spec.label}`),
    ...(spec.hint === undefined ? {} : { description: t(`hint.${spec.hint}`) }),
    ...(problem === undefined ? {} : { error: problemWords(problem) }),
  };
  switch (spec.type) {
    case 'line':
      return (
        <TextField
          {...common}
          value={textOf(form.value, spec.name)}
          onChange={(text) => set(text === '' && spec.orNull === true ? null : text)}
          autoFocus={autoFocus}
        />
      );
    case 'title':
      return (
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys belong to the fields inside
        <div
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.ctrlKey) event.preventDefault();
          }}
        >
          <TextArea
            {...common}
            rows={1}
            maxRows={6}
            value={textOf(form.value, spec.name)}
            onChange={(text) => set(text.replaceAll(/\s*\n\s*/gu, ' '))}
            autoFocus={autoFocus}
          />
        </div>
      );
    case 'prose':
      return (
        <TextArea
          {...common}
          value={textOf(form.value, spec.name)}
          onChange={set}
          autoFocus={autoFocus}
          voice={spec.voice ?? 'professional'}
        />
      );
    case 'date':
      return <DateField {...common} value={idOf(form.value, spec.name)} onChange={set} />;
    case 'flag':
      return (
        <Checkbox isSelected={form.value[spec.name] === true} onChange={set}>
          {common.label}
        </Checkbox>
      );
    case 'choice':
      return (
        <Select
          {...common}
          value={spec.orNull === true ? idOf(form.value, spec.name) : textOf(form.value, spec.name)}
          onChange={set}
          options={spec.ids.map((id) => ({ id, label: t(`${spec.words}.${id}`) }))}
        />
      );
    case 'code':
      return (
        <Select
          {...common}
          value={spec.orNull === true ? idOf(form.value, spec.name) : textOf(form.value, spec.name)}
          onChange={set}
          options={spec.list.map((code) => ({ id: code.id, label: code[language] }))}
        />
      );
    case 'person':
      return (
        <PersonField
          {...common}
          surroundings={surroundings}
          value={idOf(form.value, spec.name)}
          onChange={set}
        />
      );
    case 'unit':
      return (
        <ComboBox
          {...common}
          value={idOf(form.value, spec.name)}
          onChange={set}
          options={[...surroundings.directory.units.values()].map((unit) => ({
            id: unit.id,
            label: unit.name,
          }))}
        />
      );
    case 'tongue':
      return <TongueField {...common} value={textOf(form.value, spec.name)} onChange={set} />;
    case 'record':
      return (
        <RecordField
          {...common}
          surroundings={surroundings}
          of={spec.of}
          value={idOf(form.value, spec.name)}
          onChange={set}
        />
      );
    case 'codes':
      return (
        <CodesField
          {...common}
          codes={spec.among?.(form.value) ?? spec.list}
          value={idsOf(form.value, spec.name)}
          onChange={(ids) => set([...ids])}
        />
      );
    case 'units':
      return (
        <UnitsField
          {...common}
          surroundings={surroundings}
          value={idsOf(form.value, spec.name)}
          onChange={(ids) => set([...ids])}
        />
      );
    case 'people':
      return (
        <PeopleField
          {...common}
          surroundings={surroundings}
          value={idsOf(form.value, spec.name)}
          onChange={(ids) => set([...ids])}
        />
      );
    case 'guardians':
      return (
        <GuardiansField
          {...common}
          surroundings={surroundings}
          value={idsOf(form.value, spec.name)}
          onChange={(ids) => set([...ids])}
        />
      );
    case 'document':
      return (
        <DocumentField
          {...common}
          surroundings={surroundings}
          value={idOf(form.value, spec.name)}
          onChange={set}
        />
      );
    case 'number':
    case 'visit-tasks':
    case 'visit-goals':
      // Only a visit holds these: it is written on a page of its own, once.
      return undefined;
    default:
      return assertNever(spec);
  }
};

export type GroupFieldsProps = {
  readonly form: GroupForm;
  readonly surroundings: FieldSurroundings;
  /** Fields that something else on the screen shows. */
  readonly without?: readonly string[];
  /** The first field to write in takes the focus; where there is none, the first. */
  readonly autoFocus?: boolean;
};

const isWritten: ReadonlySet<FieldSpec['type']> = new Set(['line', 'title', 'prose']);

/** The fields of one group, each by what it holds. */
export const GroupFields = ({
  form,
  surroundings,
  without = [],
  autoFocus = false,
}: GroupFieldsProps) => {
  const specs = fieldsOf(form.target.kind, form.target.group).filter(
    (spec) => !without.includes(spec.name) && (spec.onlyIf?.(form.value) ?? true),
  );
  const first = specs.find(({ type }) => isWritten.has(type)) ?? specs[0];
  return (
    <div className="group-fields">
      {specs.map((spec) => (
        <div
          key={spec.name}
          className={spec.half === true ? 'group-field-half' : 'group-field'}
          data-field={spec.name}
        >
          <Field
            spec={spec}
            form={form}
            surroundings={surroundings}
            autoFocus={autoFocus && spec === first}
          />
        </div>
      ))}
    </div>
  );
};
