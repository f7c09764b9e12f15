import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import type { Difference } from '#shared/domain/family/common-rows.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { fieldsOf, useFieldText } from '../editing/index.ts';

export type DifferenceListProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly kind: string;
  /** The sibling, as this plan calls them. */
  readonly name: string;
  readonly differences: readonly Difference[];
};

/** Field by field, what this plan says and what the sibling's plan says. */
export const DifferenceList = ({
  view,
  directory,
  kind,
  name,
  differences,
}: DifferenceListProps) => {
  const { t } = useTranslation(['family', 'records']);
  const textOf = useFieldText(view, directory);
  const words = (text: string) =>
    text === '' ? <span className="muted">{t('family:nothing')}</span> : <PlainText text={text} />;
  return differences.map(({ group, here, there, waits }) =>
    waits === null ? (
      fieldsOf(kind, group).map((spec) => {
        const [own, other] = [here, there].map((value) => (value ? textOf(spec, value) : ''));
        if (own === undefined || other === undefined || own === other) return undefined;
        return (
          <dl className="family-difference" key={`${group}.${spec.name}`}>
            <dt>{t(`records:field.${spec.label}`)}</dt>
            <dd>
              <span className="muted text-xs">{t('family:here')}</span> {words(own)}
            </dd>
            <dd>
              <span className="muted text-xs">
                <PlainText text={name} />
              </span>{' '}
              {words(other)}
            </dd>
          </dl>
        );
      })
    ) : (
      <p className="text-s" key={group}>
        {t(waits === 'here' ? 'family:versionsHere' : 'family:versionsThere', {
          group: t([`records:group.${kind}.${group}`, 'records:group.unknown']),
        })}
      </p>
    ),
  );
};
