import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/domain/ids.ts';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { ComboBox } from '#renderer/components/combo-box.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatDate } from '#renderer/components/format.ts';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { SearchField } from '#renderer/components/text-field.tsx';
import { skipToken } from '@reduxjs/toolkit/query/react';
import { useListRelationsQuery } from '#renderer/store/calls/administration-api.ts';
import { useDirectory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { Pages, ProblemBox, TableBox } from './parts.tsx';
import { usePersonChoices } from './person-choices.ts';
import { RelationsDialog } from './relations-dialog.tsx';

const limit = 50;

/** One person's relations to clients, ended or moved to a colleague all at once. */
export const RelationsTab = () => {
  const { t } = useTranslation(['administration', 'records']);
  const directory = useDirectory();
  const people = usePersonChoices(directory);
  const [personId, setPersonId] = useState<Id | null>(null);
  const [search, setSearch] = useState('');
  const [offset, setOffset] = useState(0);
  const [isChanging, setChanging] = useState(false);
  const { data, error } = useListRelationsQuery(
    personId === null ? skipToken : { personId, onlyCurrent: true, search, offset, limit },
    { refetchOnMountOrArgChange: true },
  );
  return (
    <>
      <div className="administration-tools">
        <ComboBox
          label={t('relations.person')}
          options={people}
          value={personId}
          onChange={(id) => {
            setPersonId(id);
            setOffset(0);
          }}
        />
        {personId !== null && (
          <>
            <SearchField
              label={t('relations.search')}
              hideLabel
              placeholder={t('relations.search')}
              value={search}
              onChange={(text) => {
                setSearch(text);
                setOffset(0);
              }}
            />
            <Button isDisabled={(data?.total ?? 0) === 0} onPress={() => setChanging(true)}>
              {t('relations.changeAll')}
            </Button>
          </>
        )}
      </div>
      <ProblemBox problem={error === undefined ? null : problemOf(error)} />
      {personId === null && <EmptyState>{t('relations.choose')}</EmptyState>}
      {personId !== null && data && (
        <Card title={t('tab.relations')} flush>
          {data.rows.length === 0 ? (
            <EmptyState>{t('relations.none')}</EmptyState>
          ) : (
            <TableBox
              label={t('tab.relations')}
              columns={[t('relations.client'), t('relations.role'), t('relations.validity')]}
              endsWithActions={false}
            >
              {data.rows.map((row) => (
                <tr key={row.membershipId}>
                  <th scope="row">
                    <PlainText text={row.clientName} />
                  </th>
                  <td>{t(`records:teamRole.${row.role}`)}</td>
                  <td className="nowrap">
                    {formatDate(row.validFrom)} –{' '}
                    {row.validTo === null ? t('relations.untilFurther') : formatDate(row.validTo)}
                  </td>
                </tr>
              ))}
            </TableBox>
          )}
        </Card>
      )}
      <Pages offset={offset} limit={limit} total={data?.total ?? 0} onMove={setOffset} />
      {isChanging && personId !== null && (
        <RelationsDialog
          personId={personId}
          people={people}
          name={directory.nameOf(personId) ?? ''}
          onClose={() => setChanging(false)}
        />
      )}
    </>
  );
};
