import { useTranslation } from 'react-i18next';
import type { GroupView } from '#shared/contract/views.ts';
import type { JsonObject } from '#shared/lib/canonical-json.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { shownValue } from '#renderer/store/reading.ts';
import { fieldsOf } from './field-specs.ts';
import { useFieldText } from './field-text.ts';
import type { FieldSurroundings } from './people-options.ts';
import type { GroupForm } from './use-group-form.ts';

type ShownProps = {
  readonly form: GroupForm;
  readonly value: JsonObject;
  readonly surroundings: FieldSurroundings;
};

/** The fields that this program knows, as text. */
const Shown = ({ form, value, surroundings }: ShownProps) => {
  const { t } = useTranslation('records');
  const textOf = useFieldText(surroundings.view, surroundings.directory);
  return (
    <dl className="group-shown">
      {fieldsOf(form.target.kind, form.target.group)
        .map((spec) => ({ spec, text: textOf(spec, value) }))
        .filter(({ text }) => text !== '')
        .map(({ spec, text }) => (
          <div key={spec.name}>
            <dt>{t(`field.${spec.label}`)}</dt>
            <dd>
              <PlainText text={text} multiline />
            </dd>
          </div>
        ))}
    </dl>
  );
};

export type NewerGroupProps = {
  readonly form: GroupForm;
  readonly view: GroupView;
  readonly surroundings: FieldSurroundings;
  readonly title: string;
};

/**
 * A group that only a newer program can write (SPEC V2): shown as far as it is known, under a lock. What was
 * begun here before it came stays in sight, for the time after the update.
 */
export const NewerGroup = ({ form, view, surroundings, title }: NewerGroupProps) => {
  const { t } = useTranslation('records');
  const value = shownValue(view);
  return (
    <section className="group-section group-newer" aria-label={title}>
      <Banner tone="info" shape="box" icon="lock" title={title}>
        {t('newer.group')}
      </Banner>
      {value !== undefined && <Shown form={form} value={value} surroundings={surroundings} />}
      {form.state !== 'untouched' && form.state !== 'written' && (
        <>
          <Banner
            tone="info"
            shape="box"
            icon="edit"
            actions={<Button onPress={form.discard}>{t('unfinished.discard')}</Button>}
          >
            {t('newer.kept')}
          </Banner>
          <Shown form={form} value={form.value} surroundings={surroundings} />
        </>
      )}
    </section>
  );
};
