import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { PlainText } from '#renderer/components/plain-text.tsx';
import { TextArea } from '#renderer/components/text-field.tsx';
import { useReviewEmergencyMutation } from '#renderer/store/calls/log-api.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useProblemWords } from '../problems/index.ts';
import type { Emergency } from './entry-words.ts';

type ReviewDialogProps = {
  readonly opening: Emergency;
  readonly person: string;
  readonly onClose: () => void;
};

/** Marks an opening as looked into, with what was found. The note stays for good. */
export const ReviewDialog = ({ opening, person, onClose }: ReviewDialogProps) => {
  const { t } = useTranslation('useLog');
  const words = useProblemWords();
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState(false);
  const [review, { isLoading, error }] = useReviewEmergencyMutation();

  const save = async (): Promise<void> => {
    setMissing(note.trim() === '');
    if (note.trim() === '') return;
    const done = await review({ openingId: opening.openingId, note });
    if (done.error === undefined) onClose();
  };

  return (
    <Dialog
      title={t('emergencies.reviewTitle')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button variant="main" isPending={isLoading} onPress={() => void save()}>
            {t('emergencies.markReviewed')}
          </Button>
        </>
      }
    >
      <p>
        <b>
          <PlainText text={person} />
        </b>
        : <PlainText text={opening.reason} />
      </p>
      <TextArea
        label={t('emergencies.reviewNote')}
        description={t('emergencies.reviewHelp')}
        value={note}
        maxLength={400}
        onChange={setNote}
        {...(missing ? { error: t('emergencies.noteMissing') } : {})}
      />
      {error !== undefined && (
        <Banner tone="bad" shape="box" announce="polite">
          {words(problemOf(error))}
        </Banner>
      )}
    </Dialog>
  );
};
