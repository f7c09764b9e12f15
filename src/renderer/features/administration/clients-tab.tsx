import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { ChoiceGroup } from '#renderer/components/checkbox.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import {
  useListSameCodeQuery,
  useMergeClientsMutation,
} from '#renderer/store/calls/administration-api.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { counterpartOf, placesOf, type Joining } from './joining.ts';
import { ProblemBox, ReasonDialog, TableBox } from './parts.tsx';

const JoinDialog = ({
  joining,
  onClose,
}: {
  readonly joining: Joining;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation('administration');
  const [merge, { isLoading, error }] = useMergeClientsMutation();
  const { one, other } = joining;
  const [intoCaseId, setIntoCaseId] = useState(other.caseId);
  const fromCaseId = intoCaseId === one.caseId ? other.caseId : one.caseId;
  return (
    <ReasonDialog
      title={t('clients.joinTitle', { name: one.name })}
      note={t('clients.joinNote')}
      action={t('clients.join')}
      problem={error === undefined ? null : problemOf(error)}
      isLoading={isLoading}
      onCarryOut={(reason) =>
        void merge({ fromCaseId, intoCaseId, reason }).then(
          (done) => done.error === undefined && onClose(),
        )
      }
      onClose={onClose}
    >
      <ChoiceGroup
        label={t('clients.remains')}
        value={intoCaseId}
        onChange={setIntoCaseId}
        choices={[other, one].map(({ caseId, place, name }) => ({
          id: caseId,
          label: (
            <>
              {place}. <PlainText text={name} />
            </>
          ),
        }))}
      />
    </ReasonDialog>
  );
};

/** One person entered twice under the same personal identity code: joined here, both histories kept. */
export const ClientsTab = () => {
  const { t } = useTranslation('administration');
  const { data, error } = useListSameCodeQuery(undefined, { refetchOnMountOrArgChange: true });
  const [joining, setJoining] = useState<Joining | null>(null);
  return (
    <>
      <ProblemBox problem={error === undefined ? null : problemOf(error)} />
      {data && (
        <Card title={t('clients.sameCode')} flush>
          {data.rows.length === 0 ? (
            <EmptyState>{t('clients.none')}</EmptyState>
          ) : (
            <TableBox
              label={t('clients.sameCode')}
              columns={[t('clients.code'), t('clients.name'), t('devices.state'), t('actions')]}
            >
              {data.rows.flatMap(({ personalIdentityCode, clients }) => {
                const placed = placesOf(clients);
                return placed.map((client) => {
                  const other = counterpartOf(client, placed);
                  return (
                    <tr key={client.caseId}>
                      <th scope="row">{personalIdentityCode}</th>
                      <td>
                        {client.place}. <PlainText text={client.name} />
                      </td>
                      <td>{client.joined && <Tag tone="info">{t('clients.joined')}</Tag>}</td>
                      <td className="administration-act">
                        {other && (
                          <Button
                            variant="flat"
                            aria-label={t('clients.joinOf', {
                              place: client.place,
                              name: client.name,
                              code: personalIdentityCode,
                            })}
                            onPress={() => setJoining({ one: client, other })}
                          >
                            {t('clients.joinOpen')}
                          </Button>
                        )}
                      </td>
                    </tr>
                  );
                });
              })}
            </TableBox>
          )}
        </Card>
      )}
      {joining && <JoinDialog joining={joining} onClose={() => setJoining(null)} />}
    </>
  );
};
