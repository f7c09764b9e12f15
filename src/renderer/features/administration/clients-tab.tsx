import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/domain/ids.ts';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import { useListSameCodeQuery, useMergeClientsMutation } from '#renderer/store/contract-api.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { ProblemBox, ReasonDialog, TableBox } from './parts.tsx';

type Joining = { readonly fromCaseId: Id; readonly intoCaseId: Id; readonly name: string };

const JoinDialog = ({
  joining,
  onClose,
}: {
  readonly joining: Joining;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation('administration');
  const [merge, { isLoading, error }] = useMergeClientsMutation();
  const { fromCaseId, intoCaseId, name } = joining;
  return (
    <ReasonDialog
      title={t('clients.joinTitle', { name })}
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
    />
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
                const [first] = clients;
                return clients.map((client) => (
                  <tr key={client.caseId}>
                    <th scope="row">{personalIdentityCode}</th>
                    <td>
                      <PlainText text={client.name} />
                    </td>
                    <td>{client.joined && <Tag tone="info">{t('clients.joined')}</Tag>}</td>
                    <td className="administration-act">
                      {first && first !== client && !client.joined && (
                        <Button
                          variant="flat"
                          onPress={() =>
                            setJoining({
                              fromCaseId: client.caseId,
                              intoCaseId: first.caseId,
                              name: client.name,
                            })
                          }
                        >
                          {t('clients.joinOpen')}
                        </Button>
                      )}
                    </td>
                  </tr>
                ));
              })}
            </TableBox>
          )}
        </Card>
      )}
      {joining && <JoinDialog joining={joining} onClose={() => setJoining(null)} />}
    </>
  );
};
