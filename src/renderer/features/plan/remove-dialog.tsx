import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { textLimits } from '#shared/domain/text.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { TextField } from '#renderer/components/text-field.tsx';
import { useRemoveRecordMutation } from '#renderer/store/contract-api.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useProblemWords } from '../problems/index.ts';

export type RemoveDialogProps = {
  readonly caseId: string;
  readonly recordId: string;
  /** `tavoite 1.2` */
  readonly what: string;
  /** How many standing rows hang on it. */
  readonly below: number;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
};

/** Removing asks why, and says what stays. */
export const RemoveDialog = ({
  caseId,
  recordId,
  what,
  below,
  isOpen,
  onClose,
  onRemoved,
}: RemoveDialogProps) => {
  const { t } = useTranslation('plan');
  const words = useProblemWords();
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [remove, { isLoading, error }] = useRemoveRecordMutation();
  const carryOut = async (): Promise<void> => {
    if (reason.trim() === '') {
      setMissing(true);
      return;
    }
    const done = await remove({ caseId, recordId, reason: reason.trim().normalize('NFC') });
    if (done.error !== undefined) return;
    setReason('');
    setMissing(false);
    onClose();
    onRemoved();
  };
  return (
    <Dialog
      title={t('remove.title', { what })}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      isQuestion
      actions={
        <>
          <Button onPress={onClose}>{t('remove.cancel')}</Button>
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
        <TextField
          label={t('remove.why')}
          value={reason}
          onChange={setReason}
          maxLength={textLimits.line}
          autoFocus
          description={t('remove.stays')}
          {...(isMissing && reason.trim() === '' ? { error: t('remove.reasonMissing') } : {})}
        />
        {below > 0 && <p>{t('remove.below', { count: below })}</p>}
        {error !== undefined && (
          <Banner tone="bad" shape="box" announce="assertive">
            {words(problemOf(error))}
          </Banner>
        )}
      </form>
    </Dialog>
  );
};
