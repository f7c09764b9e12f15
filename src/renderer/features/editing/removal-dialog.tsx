import { useState, type ReactNode } from 'react';
import type { Id } from '#shared/domain/ids.ts';
import { textLimits } from '#shared/domain/text.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { TextField } from '#renderer/components/text-field.tsx';
import { useRemoveRecordMutation } from '#renderer/store/calls/records-api.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useProblemWords } from '../problems/index.ts';

export type RemovalDialogProps = {
  readonly caseId: Id;
  readonly recordId: Id;
  readonly title: string;
  readonly labels: {
    readonly why: string;
    readonly stays: string;
    readonly reasonMissing: string;
    readonly cancel: string;
    readonly carryOut: string;
  };
  /** What to know before the reason is written. */
  readonly before?: ReactNode;
  /** What the removal brings about. */
  readonly children?: ReactNode;
  /** Closed, it keeps the reason that was begun. */
  readonly isOpen?: boolean;
  readonly width?: 'narrow';
  readonly onClose: () => void;
  readonly onRemoved?: () => void;
};

/** Removing a record asks why, and says what stays. */
export const RemovalDialog = ({
  caseId,
  recordId,
  title,
  labels,
  before,
  children,
  isOpen = true,
  width,
  onClose,
  onRemoved,
}: RemovalDialogProps) => {
  const words = useProblemWords();
  const [reason, setReason] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [remove, { isLoading, error }] = useRemoveRecordMutation();
  const isMissing = reason.trim() === '';
  const carryOut = async (): Promise<void> => {
    setChecked(true);
    if (isLoading || isMissing) return;
    const done = await remove({ caseId, recordId, reason: reason.trim().normalize('NFC') });
    if (done.error !== undefined) return;
    setReason('');
    setChecked(false);
    onClose();
    onRemoved?.();
  };
  return (
    <Dialog
      title={title}
      isOpen={isOpen}
      onClose={onClose}
      {...(width === undefined ? {} : { width })}
      isQuestion
      actions={
        <>
          <Button onPress={onClose}>{labels.cancel}</Button>
          <Button variant="bad" isPending={isLoading} onPress={() => void carryOut()}>
            {labels.carryOut}
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
        {before}
        <TextField
          label={labels.why}
          value={reason}
          onChange={setReason}
          maxLength={textLimits.line}
          autoFocus
          description={labels.stays}
          {...(isChecked && isMissing ? { error: labels.reasonMissing } : {})}
        />
        {children}
        {error !== undefined && (
          <Banner tone="bad" shape="box" announce="assertive">
            {words(problemOf(error))}
          </Banner>
        )}
      </form>
    </Dialog>
  );
};
