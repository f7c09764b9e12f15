import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientRow, ClientView } from '#shared/contract/views.ts';
import { familyMemberIdOf, familyTieOf, looseTie, otherWay } from '#shared/domain/family/ties.ts';
import type { Id } from '#shared/domain/ids.ts';
import { familyRelations, type FamilyRelation } from '#shared/domain/records/family.ts';
import { textLimits } from '#shared/domain/text.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Checkbox } from '#renderer/components/checkbox.tsx';
import { ComboBox } from '#renderer/components/combo-box.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { formatDate } from '#renderer/components/format.ts';
import { Kbd } from '#renderer/components/kbd.tsx';
import { Select } from '#renderer/components/select.tsx';
import { TextField } from '#renderer/components/text-field.tsx';
import { useSearchClientsQuery } from '#renderer/store/calls/clients-api.ts';
import {
  useLazyFamilyRowsQuery,
  useRestoreRecordMutation,
  useWriteRecordsMutation,
} from '#renderer/store/calls/records-api.ts';
import { makeId } from '#renderer/store/make-id.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { recordById, valueOf } from '#renderer/store/reading.ts';
import { clientName } from '../clients/index.ts';
import { DoneByKey } from '../editing/index.ts';
import type { Member } from '../family/index.ts';
import { useProblemWords } from '../problems/index.ts';
import { memberEdit } from './member-edits.ts';

export type NewMemberProps = {
  readonly view: ClientView;
  readonly members: readonly Member[];
  readonly onClose: () => void;
};

/** So many of the clients who match what is typed are offered; more letters narrow them. */
const mostOffered = 30;
/** A search is no longer than this. */
const longestSearch = 200;

/** What somebody is called in a sentence: the name they go by. */
const calledOf = (row: Pick<ClientRow, 'givenNames'>): string => row.givenNames.split(' ')[0] ?? '';

const ownName = (view: ClientView): string => {
  const identity = valueOf(recordById(view, view.caseId), 'client', 'identity');
  return identity === null ? '' : identity.preferredName || calledOf(identity);
};

/**
 * Somebody of the family is written in this plan; a client whom one may see is chosen among those at hand,
 * and the tie can be written in that client's plan too. Neither opens anything to anybody.
 */
export const NewMember = ({ view, members, onClose }: NewMemberProps) => {
  const { t } = useTranslation(['family', 'records']);
  const words = useProblemWords();
  const [client, setClient] = useState<ClientRow | null>(null);
  const [searched, setSearched] = useState('');
  const [relation, setRelation] = useState<FamilyRelation>('sibling');
  const [name, setName] = useState('');
  const [isMutual, setMutual] = useState(true);
  const [ownTie] = useState(() => looseTie(makeId()));
  const [write, { isLoading, error }] = useWriteRecordsMutation();
  const [restore, { error: restoreError }] = useRestoreRecordMutation();
  const [read, { error: readError }] = useLazyFamilyRowsQuery();
  const { data } = useSearchClientsQuery({
    query: searched,
    sort: 'name',
    descending: false,
    offset: 0,
    limit: mostOffered,
  });
  const options = useMemo(() => {
    const taken = new Set(members.map((member) => member.client?.client.caseId));
    return (data?.rows ?? [])
      .filter(({ caseId }) => caseId !== view.caseId && !taken.has(caseId))
      .map((row) => ({
        id: row.caseId,
        label: clientName(row),
        note: row.birthDate === null ? row.unitName : formatDate(row.birthDate),
      }));
  }, [data, members, view.caseId]);
  const isTooLong = name.length > textLimits.name;

  const problem = error ?? restoreError ?? readError;

  const add = async (): Promise<void> => {
    if (isLoading || isTooLong) return;
    const { caseId } = view;
    const tie = client === null ? ownTie : familyTieOf(caseId, client.caseId);
    const before = recordById(view, familyMemberIdOf(caseId, tie));
    if (before?.existence.state === 'removed') {
      const restored = await restore({ caseId, recordId: before.id });
      if (restored.error !== undefined) return;
    }
    const own = await write({
      caseId,
      edits: [memberEdit(caseId, { relation, name, tie }, before)],
    });
    if (own.error !== undefined) return;
    if (client === null || !isMutual || (await tellOther(client.caseId, tie))) onClose();
  };

  /** Writes the tie in the other client's plan, unless something is told of it there. */
  const tellOther = async (caseId: Id, tie: Id): Promise<boolean> => {
    const there = await read({ caseId });
    if (there.data === undefined) return false;
    const id = familyMemberIdOf(caseId, tie);
    if (there.data.records.some((record) => record.id === id)) return true;
    const value = { relation: otherWay[relation], name: ownName(view), tie };
    const done = await write({ caseId, edits: [memberEdit(caseId, value, undefined)] });
    return done.error === undefined;
  };

  return (
    <Dialog
      title={t('family:add.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('family:cancel')}</Button>
          <Button variant="main" isPending={isLoading} onPress={() => void add()}>
            {t('family:add.make')} <Kbd keys="Ctrl ↵" />
          </Button>
        </>
      }
    >
      <DoneByKey onDone={() => void add()}>
        <div className="stack">
          <ComboBox
            label={t('family:add.client')}
            description={t('family:add.clientHint')}
            options={options}
            value={client?.caseId ?? null}
            autoFocus
            onSearch={(text) => setSearched(text.slice(0, longestSearch))}
            onChange={(id) => {
              const row = data?.rows.find(({ caseId }) => caseId === id) ?? null;
              setClient(row);
              if (row !== null) setName(calledOf(row));
            }}
          />
          <Select
            label={t('records:field.familyRelation')}
            options={familyRelations.map((id) => ({
              id,
              label: t(`records:familyRelation.${id}`),
            }))}
            value={relation}
            onChange={setRelation}
          />
          <TextField
            label={t('records:field.name')}
            description={t('records:hint.familyName')}
            value={name}
            onChange={setName}
            {...(isTooLong ? { error: t('family:add.tooLong') } : {})}
          />
          {client !== null && (
            <Checkbox isSelected={isMutual} onChange={setMutual}>
              {t('family:add.mutual', { name: calledOf(client) })}
            </Checkbox>
          )}
          {problem !== undefined && (
            <Banner tone="bad" shape="box" announce="assertive">
              {words(problemOf(problem))}
            </Banner>
          )}
        </div>
      </DoneByKey>
    </Dialog>
  );
};
