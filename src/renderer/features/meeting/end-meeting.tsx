import { useTranslation } from 'react-i18next';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { useWriteRecordsMutation } from '#renderer/store/calls/records-api.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { wallClockOf } from '#renderer/components/format.ts';
import type { GroupForm } from '../editing/index.ts';
import { useProblemWords } from '../problems/index.ts';
import { endEdits, meetingIn, participantLines } from './open-meeting.ts';

export type EndMeetingProps = {
  readonly form: GroupForm;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onEnded: () => void;
};

/** Asks before it ends: what is typed and not yet added stays a draft of the plan. */
export const EndMeeting = ({ form, isOpen, onClose, onEnded }: EndMeetingProps) => {
  const { t } = useTranslation('meeting');
  const problemWords = useProblemWords();
  const [write, { isLoading, error }] = useWriteRecordsMutation();
  const end = async (): Promise<void> => {
    if (isLoading) return;
    const meeting = meetingIn(form.value);
    const participants = participantLines(meeting, {
      wordOf: (of) => t(`outsider.${of}`),
      leftEarly: (who) => t('leftEarly', { who }),
    });
    const { caseId, recordId } = form.target;
    const edits = endEdits(recordId, meeting, wallClockOf(Date.now()), participants);
    const done = await write({ caseId, edits });
    if (done.error !== undefined) return;
    form.discard();
    onEnded();
  };
  return (
    <Dialog
      title={t('endTitle')}
      isOpen={isOpen}
      onClose={onClose}
      width="narrow"
      isQuestion
      actions={
        <>
          <Button onPress={onClose}>{t('goOn')}</Button>
          <Button variant="main" isPending={isLoading} onPress={() => void end()} autoFocus>
            {t('endNow')}
          </Button>
        </>
      }
    >
      <p>{t('endWords')}</p>
      {error !== undefined && (
        <Banner tone="bad" shape="box" announce="assertive">
          {problemWords(problemOf(error))}
        </Banner>
      )}
    </Dialog>
  );
};
