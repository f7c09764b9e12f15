import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import { textLimits } from '#shared/domain/text.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { TextField } from '#renderer/components/text-field.tsx';
import { useRemoveRecordMutation } from '#renderer/store/contract-api.ts';
import type { Directory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useProblemWords } from '../problems/index.ts';
import { AccessPreview } from './access-preview.tsx';
import type { PermissionEntry } from './permission-list.ts';

export type RemovePermissionDialogProps = {
  readonly view: ClientView;
  readonly directory: Directory;
  readonly entry: PermissionEntry;
  readonly title: string;
  readonly onClose: () => void;
};

/** For what was recorded by mistake: it counts no more, and its versions stay in the history. */
export const RemovePermissionDialog = ({
  view,
  directory,
  entry,
  title,
  onClose,
}: RemovePermissionDialogProps) => {
  const { t } = useTranslation('permissions');
  const words = useProblemWords();
  const [reason, setReason] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [remove, { isLoading, error }] = useRemoveRecordMutation();
  const { record, kind } = entry;
  const asked = useMemo(
    () => ({ caseId: view.caseId, kind, recordId: record.id, value: null }),
    [view.caseId, kind, record.id],
  );
  const isMissing = reason.trim() === '';
  const carryOut = async (): Promise<void> => {
    setChecked(true);
    if (isLoading || isMissing) return;
    const done = await remove({
      caseId: view.caseId,
      recordId: record.id,
      reason: reason.trim().normalize('NFC'),
    });
    if (done.error === undefined) onClose();
  };
  return (
    <Dialog
      title={t('remove.title', { what: title })}
      isOpen
      onClose={onClose}
      isQuestion
      actions={
        <>
          <Button onPress={onClose}>{t('form.cancel')}</Button>
          <Button variant="bad" isPending={isLoading} onPress={() => void carryOut()}>
            {t('remove.carryOut')}
          </Button>
        </>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void carryOut();
        }}
      >
        <p>{t('remove.note')}</p>
        <TextField
          label={t('remove.why')}
          value={reason}
          onChange={setReason}
          maxLength={textLimits.line}
          autoFocus
          description={t('remove.stays')}
          {...(isChecked && isMissing ? { error: t('remove.reasonMissing') } : {})}
        />
        <AccessPreview asked={asked} directory={directory} />
        {error !== undefined && (
          <Banner tone="bad" shape="box" announce="assertive">
            {words(problemOf(error))}
          </Banner>
        )}
      </form>
    </Dialog>
  );
};
