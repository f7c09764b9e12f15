import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientRow } from '#shared/contract/views.ts';
import { ageOn, type CivilDate } from '#shared/domain/civil-date.ts';
import { birthDateOf } from '#shared/domain/personal-identity-code.ts';
import { formatDate } from '#renderer/components/format.ts';
import { Icon } from '#renderer/components/icon.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { ForkSign } from '#renderer/components/signs.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import type { GridColumn } from '#renderer/components/virtual-grid.tsx';
import { VisuallyHidden } from '#renderer/components/visually-hidden.tsx';
import type { Directory } from '#renderer/store/people.ts';

const birthOf = (row: ClientRow): CivilDate | null =>
  row.personalIdentityCode === null ? row.birthDate : birthDateOf(row.personalIdentityCode);

export const clientName = (row: Pick<ClientRow, 'familyName' | 'givenNames'>): string =>
  `${row.familyName} ${row.givenNames}`.trim();

/** What stands where: the same order in every list of clients. */
export const useClientColumns = (
  directory: Directory,
  today: CivilDate,
): readonly GridColumn<ClientRow>[] => {
  const { t } = useTranslation(['clients', 'records']);
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.name'),
        width: 'minmax(180px, 2fr)',
        isSortable: true,
        cell: (row) => (
          <span className="row" title={clientName(row)}>
            <span className="cut">
              <b>
                <PlainText text={row.familyName} />
              </b>{' '}
              <PlainText text={row.givenNames} />
            </span>
            {row.restraintOnDisclosure && (
              <span className="clients-restraint" title={t('records:restraint')}>
                <Icon name="alert" size={14} />
                <VisuallyHidden>{t('records:restraint')}</VisuallyHidden>
              </span>
            )}
          </span>
        ),
      },
      {
        id: 'age',
        header: t('column.age'),
        width: '52px',
        align: 'end',
        cell: (row) => {
          const birth = birthOf(row);
          return birth === null ? '–' : t('age', { years: ageOn(birth, today) });
        },
      },
      {
        id: 'birth-date',
        header: t('column.identity'),
        width: '116px',
        isSortable: true,
        cell: (row) =>
          row.personalIdentityCode ?? (row.birthDate === null ? '–' : formatDate(row.birthDate)),
      },
      {
        id: 'unit',
        header: t('column.unit'),
        width: 'minmax(120px, 1.2fr)',
        isSortable: true,
        isExtra: true,
        cell: (row) => (
          <span className="cut" title={row.unitName}>
            <PlainText text={row.unitName} />
          </span>
        ),
      },
      {
        id: 'custodian',
        header: t('column.custodian'),
        width: 'minmax(140px, 1.2fr)',
        isExtra: true,
        cell: (row) => {
          const name = directory.nameOf(row.custodianId);
          return name === null ? (
            <span className="muted">–</span>
          ) : (
            <ProfessionName
              profession={directory.professionOf(row.custodianId)}
              person={name}
              size="small"
            />
          );
        },
      },
      {
        id: 'review',
        header: t('column.review'),
        width: '104px',
        align: 'end',
        isSortable: true,
        cell: (row) =>
          row.reviewDate === null ? (
            <span className="muted">–</span>
          ) : row.reviewDate < today ? (
            <span className="clients-overdue">
              <Icon name="alert" size={13} />
              {formatDate(row.reviewDate)}
              <VisuallyHidden> {t('reviewOverdue')}</VisuallyHidden>
            </span>
          ) : (
            formatDate(row.reviewDate)
          ),
      },
      {
        id: 'conflicts',
        header: t('column.state'),
        width: '172px',
        isSortable: true,
        cell: (row) => (
          <span className="row">
            {row.conflicts > 0 && <ForkSign versions={2} />}
            {row.waiting > 0 && <Tag tone="line">{t('waiting', { changes: row.waiting })}</Tag>}
          </span>
        ),
      },
    ],
    [t, directory, today],
  );
};
