import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView, RecordView } from '#shared/contract/views.ts';
import { jointPlan } from '#shared/domain/codes.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Card } from '#renderer/components/card.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { ProfessionMark } from '#renderer/components/profession-mark.tsx';
import { ForkSign } from '#renderer/components/signs.tsx';
import { Tag } from '#renderer/components/tag.tsx';
import { useRemoveRecordMutation } from '#renderer/store/calls/records-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { recordById, standingOf, valueOf, versionsOf } from '#renderer/store/reading.ts';
import { TextField } from '#renderer/components/text-field.tsx';
import { ConflictBanners } from '../conflicts/index.ts';
import { GroupFields, GroupSection, useGroupForm, useNewRecord } from '../editing/index.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { makeId } from '#renderer/store/make-id.ts';
import { useGroundWords } from '../permissions/index.ts';
import { useProblemWords } from '../problems/index.ts';
import { factsOf, withheldFrom } from './team-facts.ts';

type Props = { readonly view: ClientView; readonly directory: Directory };

const group = 'details';

const useTarget = (view: ClientView, recordId: string, compartment: string) =>
  useMemo(
    () => ({ caseId: view.caseId, recordId, kind: 'representative', compartment, group }),
    [view.caseId, recordId, compartment],
  );

/** Somebody new who speaks for the client or stands close. */
const NewRepresentative = ({
  view,
  directory,
  recordId,
  onClose,
}: Props & { readonly recordId: string; readonly onClose: () => void }) => {
  const { t } = useTranslation('team');
  const words = useProblemWords();
  const target = useTarget(view, recordId, jointPlan);
  const form = useGroupForm(target, recordById(view, recordId), { writesItself: false });
  const { make, isMaking, problem } = useNewRecord(form, onClose);
  return (
    <Dialog
      title={t('representative.new')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('add.cancel')}</Button>
          <Button variant="main" isPending={isMaking} onPress={() => void make()}>
            {t('add.make')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <GroupFields form={form} surroundings={{ view, directory }} autoFocus />
        {problem !== null && (
          <Banner tone="bad" shape="box" announce="assertive">
            {words(problem)}
          </Banner>
        )}
      </div>
    </Dialog>
  );
};

const EditRepresentative = ({
  view,
  directory,
  record,
  onClose,
}: Props & { readonly record: RecordView; readonly onClose: () => void }) => {
  const { t } = useTranslation(['team', 'records']);
  const target = useTarget(view, record.id, record.compartment);
  const form = useGroupForm(target, record);
  const [removes, setRemoves] = useState(false);
  const [reason, setReason] = useState('');
  const [remove, { isLoading }] = useRemoveRecordMutation();
  const takeAway = async (): Promise<void> => {
    const done = await remove({
      caseId: view.caseId,
      recordId: record.id,
      reason: reason.trim().normalize('NFC'),
    });
    if (done.error === undefined) onClose();
  };
  const close = (): void => {
    form.write();
    onClose();
  };
  return (
    <Dialog
      title={t('representative.edit')}
      isOpen
      onClose={close}
      actions={
        <>
          <Button variant="bad" onPress={() => setRemoves(true)}>
            {t('representative.remove')}
          </Button>
          <Button variant="main" onPress={close}>
            {t('representative.done')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <ConflictBanners view={view} record={record} directory={directory} />
        <GroupSection
          form={form}
          view={record.groups[group]}
          surroundings={{ view, directory }}
          title={t('records:group.representative.details')}
          autoFocus
        />
        {removes && (
          <form
            className="row"
            onSubmit={(event) => {
              event.preventDefault();
              if (reason.trim() === '') return;
              void takeAway();
            }}
          >
            <span className="grow">
              <TextField
                label={t('representative.why')}
                value={reason}
                onChange={setReason}
                autoFocus
              />
            </span>
            <Button type="submit" variant="bad" isPending={isLoading}>
              {t('representative.removeNow')}
            </Button>
          </form>
        )}
      </div>
    </Dialog>
  );
};

/** Those who speak for the client, or stand close, and what each may know. */
export const Representatives = ({
  view,
  directory,
  recordId,
}: Props & { readonly recordId: string | null }) => {
  const { t } = useTranslation(['team', 'records']);
  const [openId, setOpenId] = useState<string | null>(null);
  const [newRecordId, setNewRecordId] = useState<string | null>(null);
  const today = useToday();
  const words = useGroundWords();
  const facts = useMemo(() => factsOf(view), [view]);
  const records = standingOf(view, 'representative').filter(
    (record) => Object.keys(record.groups).length > 0,
  );
  const unfinished = view.records.find(
    (record) =>
      record.kind === 'representative' &&
      Object.keys(record.groups).length === 0 &&
      Object.keys(record.drafts).length > 0,
  );
  const open = records.find((record) => record.id === openId);
  const begin = (): void => setNewRecordId(unfinished?.id ?? makeId());
  return (
    <Card
      title={t('representative.title')}
      more={
        <Button icon="plus" onPress={begin}>
          {unfinished ? t('representative.continue') : t('representative.add')}
        </Button>
      }
    >
      {records.length === 0 ? (
        <EmptyState>{t('representative.none')}</EmptyState>
      ) : (
        <ul className="list">
          {records.map((record) => {
            const details = valueOf(record, 'representative', 'details');
            const isGuardian = details?.role === 'guardian' || details?.role === 'legal-guardian';
            const withheld = isGuardian ? withheldFrom(facts, record.id, today) : null;
            return (
              <li key={record.id} className={record.id === recordId ? 'team-shown' : ''}>
                <ProfessionMark profession="asiakas" />
                <button
                  type="button"
                  className="team-representative grow"
                  onClick={() => setOpenId(record.id)}
                >
                  <b>
                    <PlainText text={details?.name ?? ''} />
                  </b>{' '}
                  <span className="muted">
                    {details && t(`records:representativeRole.${details.role}`)}
                    {details?.phone ? ` · ${details.phone}` : ''}
                  </span>
                </button>
                {versionsOf(record) > 0 && <ForkSign versions={versionsOf(record)} />}
                {withheld === null ? (
                  details?.mayReceiveInformation === true && (
                    <Tag tone="info">{t('representative.mayKnow')}</Tag>
                  )
                ) : (
                  <span className="team-ban">
                    <Tag tone="bad" icon="alert">
                      {t('representative.ban')}
                    </Tag>
                    <span className="text-s">
                      {withheld.length === 0
                        ? t('representative.tellNothing')
                        : t('representative.tellNot', {
                            parts: withheld.map((part) => words.part(part)).join(', '),
                          })}
                    </span>
                  </span>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {open && (
        <EditRepresentative
          key={open.id}
          view={view}
          directory={directory}
          record={open}
          onClose={() => setOpenId(null)}
        />
      )}
      {newRecordId !== null && (
        <NewRepresentative
          key={newRecordId}
          view={view}
          directory={directory}
          recordId={newRecordId}
          onClose={() => setNewRecordId(null)}
        />
      )}
    </Card>
  );
};
