import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { duties, findCode } from '#shared/domain/codes.ts';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatMoment, formatNumber, languageOf } from '#renderer/components/format.ts';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { Select } from '#renderer/components/select.tsx';
import { SegmentedControl } from '#renderer/components/segmented-control.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import { SearchField } from '#renderer/components/text-field.tsx';
import {
  useEndPersonMutation,
  useListPeopleQuery,
} from '#renderer/store/calls/administration-api.ts';
import { useDirectory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useNow, useToday } from '#renderer/store/use-now.ts';
import { AccountDialog } from './account-dialog.tsx';
import { Pages, ProblemBox, ReasonDialog, TableBox } from './parts.tsx';
import { PersonDialog } from './person-dialog.tsx';
import { newPersonForm, personFormOf, type PersonForm, type PersonRow } from './person-form.ts';

type Activity = 'active' | 'ended' | 'all';

type Sort = 'name' | 'last-seen';

const limit = 50;
const everyUnit = 'all';

const EndPerson = ({ row, onClose }: { readonly row: PersonRow; readonly onClose: () => void }) => {
  const { t } = useTranslation('administration');
  const [end, { isLoading, error }] = useEndPersonMutation();
  return (
    <ReasonDialog
      title={t('people.endTitle', { name: `${row.givenName} ${row.familyName}` })}
      note={t('people.endNote')}
      action={t('people.end')}
      problem={error === undefined ? null : problemOf(error)}
      isLoading={isLoading}
      onCarryOut={(reason) =>
        void end({ id: row.id, reason }).then((done) => done.error === undefined && onClose())
      }
      onClose={onClose}
    />
  );
};

/** The region's people: found by name, login or register number. */
export const PeopleTab = () => {
  const { t, i18n } = useTranslation('administration');
  const language = languageOf(i18n.language);
  const now = useNow();
  const today = useToday();
  const directory = useDirectory();
  const [search, setSearch] = useState('');
  const [activity, setActivity] = useState<Activity>('active');
  const [unitId, setUnitId] = useState(everyUnit);
  const [sort, setSort] = useState<Sort>('name');
  const [offset, setOffset] = useState(0);
  const [editing, setEditing] = useState<PersonForm | null>(null);
  const [ending, setEnding] = useState<PersonRow | null>(null);
  const [account, setAccount] = useState<PersonRow | null>(null);
  const { data, error } = useListPeopleQuery(
    {
      search,
      unitId: unitId === everyUnit ? null : unitId,
      activity,
      sort,
      // Who was seen last stands first.
      descending: sort === 'last-seen',
      offset,
      limit,
    },
    { refetchOnMountOrArgChange: true },
  );
  const units = [...directory.units.values()].toSorted((a, b) =>
    a.name.localeCompare(b.name, 'fi'),
  );
  const unitName = (row: PersonRow): string =>
    row.tasks
      .flatMap(({ unitId }) => (unitId === null ? [] : (directory.units.get(unitId)?.name ?? [])))
      .join(', ');
  return (
    <>
      <div className="administration-tools">
        <SearchField
          label={t('people.search')}
          hideLabel
          placeholder={t('people.search')}
          value={search}
          onChange={(text) => {
            setSearch(text);
            setOffset(0);
          }}
        />
        <Select
          label={t('people.unit')}
          value={unitId}
          onChange={(chosen) => {
            setUnitId(chosen);
            setOffset(0);
          }}
          options={[
            { id: everyUnit, label: t('people.everyUnit') },
            ...units.map((unit) => ({ id: unit.id, label: unit.name })),
          ]}
        />
        <SegmentedControl<Sort>
          label={t('people.sort')}
          value={sort}
          onChange={(chosen) => {
            setSort(chosen);
            setOffset(0);
          }}
          segments={[
            { id: 'name', label: t('people.byName') },
            { id: 'last-seen', label: t('people.bySeen') },
          ]}
        />
        <SegmentedControl<Activity>
          label={t('people.activity')}
          value={activity}
          onChange={(chosen) => {
            setActivity(chosen);
            setOffset(0);
          }}
          segments={[
            { id: 'active', label: t('people.active') },
            { id: 'ended', label: t('people.ended') },
            { id: 'all', label: t('people.all') },
          ]}
        />
        <Button variant="main" icon="plus" onPress={() => setEditing(newPersonForm(today))}>
          {t('people.new')}
        </Button>
      </div>
      <ProblemBox problem={error === undefined ? null : problemOf(error)} />
      {data && (
        <Card title={t('tab.people')} flush>
          {data.rows.length === 0 ? (
            <EmptyState>{t('people.none')}</EmptyState>
          ) : (
            <TableBox
              label={t('tab.people')}
              columns={[
                t('people.name'),
                t('people.unit'),
                t('people.duties'),
                t('people.login'),
                t('people.devices'),
                t('people.seen'),
                t('actions'),
              ]}
            >
              {data.rows.map((row) => {
                const name = `${row.givenName} ${row.familyName}`;
                return (
                  <tr key={row.id}>
                    <th scope="row">
                      <ProfessionName
                        profession={row.tasks[0]?.profession ?? 'other-professional'}
                        person={name}
                        withProfession
                      />{' '}
                      {row.registerNumber !== null && (
                        <span className="muted text-xs">{row.registerNumber}</span>
                      )}
                    </th>
                    <td>{unitName(row)}</td>
                    <td>
                      {row.duties.map((duty) => (
                        <Tag key={duty}>{findCode(duties, duty)?.[language] ?? duty}</Tag>
                      ))}
                    </td>
                    <td>{row.login ?? '–'}</td>
                    <td>{formatNumber(row.devices, language)}</td>
                    <td className="nowrap">
                      {row.lastSeenMs === null ? '–' : formatMoment(row.lastSeenMs, now, language)}
                    </td>
                    <td className="administration-act">
                      <Button
                        variant="flat"
                        aria-label={t('changeOf', { name })}
                        onPress={() => setEditing(personFormOf(row))}
                      >
                        {t('change')}
                      </Button>
                      {row.active && (
                        <>
                          <Button
                            variant="flat"
                            aria-label={t('people.accountOf', { name })}
                            onPress={() => setAccount(row)}
                          >
                            {t('people.account')}
                          </Button>
                          <Button
                            variant="flat"
                            aria-label={t('people.endOf', { name })}
                            onPress={() => setEnding(row)}
                          >
                            {t('people.endOpen')}
                          </Button>
                        </>
                      )}
                    </td>
                  </tr>
                );
              })}
            </TableBox>
          )}
        </Card>
      )}
      <Pages offset={offset} limit={limit} total={data?.total ?? 0} onMove={setOffset} />
      {editing && (
        <PersonDialog start={editing} directory={directory} onClose={() => setEditing(null)} />
      )}
      {account && <AccountDialog row={account} onClose={() => setAccount(null)} />}
      {ending && <EndPerson row={ending} onClose={() => setEnding(null)} />}
    </>
  );
};
