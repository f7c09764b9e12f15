import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { compartments, registerOf, type Code, type Register } from '#shared/domain/codes.ts';
import { Button } from '#renderer/components/button.tsx';
import { CheckboxChoices } from '#renderer/components/checkbox-choices.tsx';
import { ComboBox } from '#renderer/components/combo-box.tsx';
import { languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { Select } from '#renderer/components/select.tsx';
import type { FieldWords } from '#renderer/components/text-field.tsx';
import { standingOf, valueOf } from '#renderer/store/reading.ts';
import { notesOf } from '../plan-model/index.ts';
import { noteName } from './note-name.ts';
import { usePeopleOptions, type FieldSurroundings } from './people-options.ts';

type Several = FieldWords & {
  readonly value: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
};

type Surroundings = { readonly surroundings: FieldSurroundings };

const registers = ['joint', 'social', 'patient'] as const satisfies readonly Register[];
const partIds = new Set(compartments.map(({ id }) => id));

/** Several of a code list; the parts of a client's data stand by register. */
export const CodesField = ({ codes, ...field }: Several & { readonly codes: readonly Code[] }) => {
  const { t, i18n } = useTranslation('records');
  const language = languageOf(i18n.language);
  const named = (some: readonly Code[]) =>
    some.map((code) => ({ id: code.id, label: code[language] }));
  const groups = codes.every(({ id }) => partIds.has(id))
    ? registers
        .map((register) => ({
          heading: t(`register.${register}`),
          choices: named(codes.filter(({ id }) => registerOf(id) === register)),
        }))
        .filter(({ choices }) => choices.length > 0)
    : [{ heading: null, choices: named(codes) }];
  return <CheckboxChoices {...field} groups={groups} />;
};

type Named = { readonly id: string; readonly label: string };

/** One by one from a list that is searched: the chosen ones stand below, each can be taken away. */
const OneByOne = ({
  options,
  nameOf,
  value,
  onChange,
  description,
  ...words
}: Several & {
  readonly options: readonly Named[];
  readonly nameOf: (id: string) => string;
}) => {
  const { t } = useTranslation('records');
  const [added, setAdded] = useState(0);
  return (
    <div className="field">
      {/* A fresh field after each choice: it is empty again and offers the rest. */}
      <ComboBox
        key={added}
        {...words}
        {...(description === undefined ? {} : { description })}
        options={options}
        value={null}
        autoFocus={added > 0}
        onChange={(id) => {
          if (id === null) return;
          onChange([...value, id]);
          setAdded((times) => times + 1);
        }}
      />
      {value.length > 0 && (
        <ul className="several-chosen" aria-label={words.label}>
          {value.map((id) => {
            const name = nameOf(id);
            return (
              <li key={id}>
                <PlainText text={name} />
                <Button
                  variant="flat"
                  icon="close"
                  aria-label={t('takeAway', { name })}
                  onPress={() => onChange(value.filter((each) => each !== id))}
                >
                  {t('takeAwayShort')}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
};

export const UnitsField = ({ surroundings, ...field }: Several & Surroundings) => {
  const { t } = useTranslation('records');
  const { units } = surroundings.directory;
  const { value } = field;
  const options = useMemo(
    () =>
      [...units.values()]
        .filter(({ id }) => !value.includes(id))
        .map(({ id, name }) => ({ id, label: name })),
    [units, value],
  );
  return (
    <OneByOne {...field} options={options} nameOf={(id) => units.get(id)?.name ?? t('someUnit')} />
  );
};

/** People of the region's directory, the client's team first. */
export const PeopleField = ({ surroundings, ...field }: Several & Surroundings) => {
  const { t } = useTranslation('records');
  const people = usePeopleOptions(surroundings);
  const { value } = field;
  const options = useMemo(() => people.filter(({ id }) => !value.includes(id)), [people, value]);
  return (
    <OneByOne
      {...field}
      options={options}
      nameOf={(id) => surroundings.directory.nameOf(id) ?? t('someone')}
    />
  );
};

/** The client's guardians and legal guardians, as far as they are on record. */
export const GuardiansField = ({ surroundings, ...field }: Several & Surroundings) => {
  const { t } = useTranslation('records');
  const choices = standingOf(surroundings.view, 'representative').flatMap((record) => {
    const details = valueOf(record, 'representative', 'details');
    return details?.role === 'guardian' || details?.role === 'legal-guardian'
      ? [{ id: record.id, label: `${details.name}, ${t(`representativeRole.${details.role}`)}` }]
      : [];
  });
  if (choices.length === 0) {
    return (
      <div className="field">
        <span className="field-label">{field.label}</span>
        <p className="text-s muted">{t('noGuardians')}</p>
      </div>
    );
  }
  return <CheckboxChoices {...field} groups={[{ heading: null, choices }]} />;
};

/** One note of the client, what happened last first. */
export const DocumentField = ({
  surroundings,
  ...field
}: FieldWords &
  Surroundings & {
    readonly value: string | null;
    readonly onChange: (id: string) => void;
  }) => {
  const { t } = useTranslation('records');
  const options = useMemo(
    () =>
      notesOf(surroundings.view).map((note) => ({
        id: note.record.id,
        label: noteName(note, t),
        note: note.entry.text.slice(0, 60),
      })),
    [surroundings.view, t],
  );
  return <Select {...field} options={options} />;
};
