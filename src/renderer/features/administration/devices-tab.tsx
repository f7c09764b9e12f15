import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '#shared/contract/calls.ts';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatMoment, languageOf } from '#renderer/components/format.ts';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import { SearchField } from '#renderer/components/text-field.tsx';
import {
  useListDevicesQuery,
  useRevokeDeviceMutation,
} from '#renderer/store/calls/administration-api.ts';
import { useDirectory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useNow } from '#renderer/store/use-now.ts';
import { Pages, ProblemBox, ReasonDialog, TableBox } from './parts.tsx';

type DeviceRow = CallOutput<'devices.list'>['rows'][number];

const limit = 50;

const RevokeDialog = ({
  row,
  onClose,
}: {
  readonly row: DeviceRow;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation('administration');
  const [revoke, { isLoading, error }] = useRevokeDeviceMutation();
  return (
    <ReasonDialog
      title={t('devices.revokeTitle', { name: row.name })}
      note={t('devices.revokeNote')}
      action={t('devices.revoke')}
      problem={error === undefined ? null : problemOf(error)}
      isLoading={isLoading}
      onCarryOut={(reason) =>
        void revoke({ id: row.id, reason }).then((done) => done.error === undefined && onClose())
      }
      onClose={onClose}
    />
  );
};

/** Every device that somebody has signed in on; a lost one is barred for good. */
export const DevicesTab = () => {
  const { t, i18n } = useTranslation('administration');
  const language = languageOf(i18n.language);
  const now = useNow();
  const directory = useDirectory();
  const [search, setSearch] = useState('');
  const [offset, setOffset] = useState(0);
  const [revoking, setRevoking] = useState<DeviceRow | null>(null);
  const { data, error } = useListDevicesQuery(
    { search, personId: null, offset, limit },
    { refetchOnMountOrArgChange: true },
  );
  return (
    <>
      <div className="administration-tools">
        <SearchField
          label={t('devices.search')}
          hideLabel
          placeholder={t('devices.search')}
          value={search}
          onChange={(text) => {
            setSearch(text);
            setOffset(0);
          }}
        />
      </div>
      <ProblemBox problem={error === undefined ? null : problemOf(error)} />
      {data && (
        <Card title={t('tab.devices')} flush>
          {data.rows.length === 0 ? (
            <EmptyState>{t('devices.none')}</EmptyState>
          ) : (
            <TableBox
              label={t('tab.devices')}
              columns={[
                t('devices.name'),
                t('devices.person'),
                t('devices.state'),
                t('people.seen'),
                t('actions'),
              ]}
            >
              {data.rows.map((row) => (
                <tr key={row.id}>
                  <th scope="row">{row.name}</th>
                  <td>
                    <ProfessionName
                      profession={directory.professionOf(row.personId)}
                      person={directory.nameOf(row.personId) ?? '–'}
                      withProfession
                    />
                  </td>
                  <td>
                    {row.revokedMs === null && row.replacedMs !== null ? (
                      <Tag tone="neutral">{t('devices.replaced')}</Tag>
                    ) : row.revokedMs === null ? (
                      <Tag tone={row.signedIn ? 'info' : 'neutral'}>
                        {row.signedIn ? t('devices.signedIn') : t('devices.signedOut')}
                      </Tag>
                    ) : (
                      <Tag tone="bad">{t('devices.revoked')}</Tag>
                    )}
                    {(row.setAside ?? 0) > 0 && (
                      <Tag tone="warn">{t('devices.setAside', { number: row.setAside })}</Tag>
                    )}
                  </td>
                  <td className="nowrap">{formatMoment(row.lastSeenMs, now, language)}</td>
                  <td className="administration-act">
                    {row.revokedMs === null && (
                      <Button
                        variant="flat"
                        aria-label={t('devices.revokeOf', { name: row.name })}
                        onPress={() => setRevoking(row)}
                      >
                        {t('devices.revokeOpen')}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </TableBox>
          )}
        </Card>
      )}
      <Pages offset={offset} limit={limit} total={data?.total ?? 0} onMove={setOffset} />
      {revoking && <RevokeDialog row={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
};
