import { useTranslation } from 'react-i18next';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import { Button } from '#renderer/components/button.tsx';
import { formatDate } from '#renderer/components/format.ts';
import { Icon } from '#renderer/components/icon.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import type { Id } from '#shared/domain/ids.ts';
import type { Directory } from '#renderer/store/people.ts';
import type { AbsenceRow } from './absence-form.ts';
import { whenOf } from './absence-rows.ts';

export type AbsenceTableProps = {
  readonly rows: readonly AbsenceRow[];
  readonly directory: Directory;
  readonly today: CivilDate;
  /** Whose uncovered responsibilities are shown below. */
  readonly chosenId: string | null;
  readonly number: (count: number) => string;
  readonly onUncovered: (row: AbsenceRow) => void;
  readonly onChange: (row: AbsenceRow) => void;
  readonly onEnd: (row: AbsenceRow) => void;
};

const Name = ({ id, directory }: { readonly id: Id; readonly directory: Directory }) => {
  const { t } = useTranslation('records');
  const unitId = directory.people.get(id)?.unitId ?? null;
  const unit = unitId === null ? undefined : directory.units.get(unitId)?.name;
  return (
    <>
      <ProfessionName
        profession={directory.professionOf(id)}
        person={directory.nameOf(id) ?? t('someone')}
        withProfession
      />
      {unit !== undefined && (
        <span className="muted text-xs absence-unit">
          <PlainText text={unit} />
        </span>
      )}
    </>
  );
};

/** One line per absence: who, when, who steps in, how many clients and what is left uncovered. */
export const AbsenceTable = ({
  rows,
  directory,
  today,
  chosenId,
  number,
  onUncovered,
  onChange,
  onEnd,
}: AbsenceTableProps) => {
  const { t } = useTranslation(['absences', 'records']);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by arrow keys
    <div className="absence-scroll" tabIndex={0} role="group" aria-label={t('list')}>
      <table className="absence-table">
        <thead>
          <tr>
            <th scope="col">{t('column.person')}</th>
            <th scope="col">{t('column.time')}</th>
            <th scope="col">{t('column.deputy')}</th>
            <th scope="col">{t('column.clients')}</th>
            <th scope="col">{t('column.uncovered')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('column.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const when = whenOf(row, today);
            const name = directory.nameOf(row.personId) ?? t('records:someone');
            const uncovered = t('uncoveredCount', {
              count: row.uncovered,
              number: number(row.uncovered),
            });
            return (
              <tr
                key={row.id}
                className={[
                  when === 'past' ? 'absence-past' : '',
                  row.id === chosenId ? 'absence-chosen' : '',
                ].join(' ')}
              >
                <th scope="row">
                  <Name id={row.personId} directory={directory} />
                </th>
                <td className="nowrap">
                  {formatDate(row.validFrom)} – {formatDate(row.validTo)}{' '}
                  <Tag tone={when === 'now' ? 'info' : 'neutral'}>{t(`when.${when}`)}</Tag>
                </td>
                <td>
                  {row.deputyId === null ? (
                    <span className="absence-gap">
                      <Icon name="gap" size={14} /> {t('noDeputy')}
                    </span>
                  ) : (
                    <Name id={row.deputyId} directory={directory} />
                  )}
                </td>
                <td className="nowrap">
                  {row.caseIds === null
                    ? t('allClients', { number: number(row.clients) })
                    : number(row.clients)}
                </td>
                <td className="nowrap">
                  {row.uncovered === 0 ? (
                    <span className="muted">{t('allCovered')}</span>
                  ) : (
                    <Button
                      variant="flat"
                      aria-expanded={row.id === chosenId}
                      aria-label={t('showUncovered', { name, what: uncovered })}
                      onPress={() => onUncovered(row)}
                    >
                      {uncovered}
                    </Button>
                  )}
                </td>
                <td className="absence-act">
                  {row.mayChange && when !== 'past' && (
                    <>
                      <Button
                        variant="flat"
                        aria-label={t('changeOf', { name })}
                        onPress={() => onChange(row)}
                      >
                        {t('change')}
                      </Button>
                      <Button
                        variant="flat"
                        aria-label={t(when === 'now' ? 'endOf' : 'removeOf', { name })}
                        onPress={() => onEnd(row)}
                      >
                        {t(when === 'now' ? 'endIt' : 'removeIt')}
                      </Button>
                    </>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
};
