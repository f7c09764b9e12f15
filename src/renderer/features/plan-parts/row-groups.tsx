import { useTranslation } from 'react-i18next';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { compartments, findCode, jointPlan, registerOf } from '#shared/domain/codes.ts';
import { rowGroupsOf, type RowKind } from '#shared/domain/plan-elements.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { languageOf } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { useOwnPart } from '#renderer/store/own-part.ts';
import { shownValue } from '#renderer/store/reading.ts';
import { ConflictBanners } from '../conflicts/index.ts';
import { fieldsOf, RecordGroup, useFieldText, type FieldSurroundings } from '../editing/index.ts';

type RowProps = {
  readonly view: ClientView;
  readonly record: RecordView;
  readonly surroundings: FieldSurroundings;
};

type GroupProps = RowProps & { readonly group: string };

/** One group, to be written, with what waits in it for a person. */
export const Group = ({ view, record, group, surroundings }: GroupProps) => (
  <>
    <ConflictBanners view={view} record={record} directory={surroundings.directory} of={group} />
    <RecordGroup view={view} record={record} group={group} surroundings={surroundings} />
  </>
);

/** One group, to be read by those who may not write it. */
const GroupToRead = ({ view, record, group, surroundings }: GroupProps) => {
  const { t } = useTranslation('records');
  const textOf = useFieldText(view, surroundings.directory);
  const groupView = record.groups[group];
  const value = groupView === undefined ? undefined : shownValue(groupView);
  const said = fieldsOf(record.kind, group)
    .map((spec) => ({
      spec,
      text: value === undefined ? '' : textOf(spec, value as JsonObject),
    }))
    .filter(({ text }) => text !== '');
  if (said.length === 0) return undefined;
  return (
    <section className="group-section">
      <h3>{t(`group.${record.kind}.${group}`)}</h3>
      <dl className="part-said">
        {said.map(({ spec, text }) => (
          <div key={spec.name}>
            <dt className="muted text-s">{t(`field.${spec.label}`)}</dt>
            <dd>
              <PlainText text={text} multiline />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
};

/** Every group of a row. A row of another register says whose it is, and is read where it may not be written. */
export const RowGroups = ({ view, record, surroundings }: RowProps) => {
  const { t, i18n } = useTranslation(['plan', 'records']);
  const part = useOwnPart(view, record.compartment);
  const groups = rowGroupsOf(record.kind as RowKind);
  const Shown = part?.writes === false ? GroupToRead : Group;
  return (
    <>
      {record.compartment !== jointPlan && (
        <p className="muted text-s">
          {t('parts.liesIn', {
            register: t(`records:register.${registerOf(record.compartment)}`),
            service: findCode(compartments, record.compartment)?.[languageOf(i18n.language)] ?? '',
          })}
        </p>
      )}
      {groups.map((group) => (
        <Shown key={group} view={view} record={record} group={group} surroundings={surroundings} />
      ))}
    </>
  );
};
