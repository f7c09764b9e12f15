import { useTranslation } from 'react-i18next';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { Dialog } from '#renderer/components/dialog.tsx';
import { useEndAbsenceMutation } from '#renderer/store/calls/absences-api.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useProblemWords } from '../problems/index.ts';
import type { AbsenceRow } from './absence-form.ts';

/** Ends a running absence with today, or takes away one that has not begun. */
export const EndAbsenceDialog = ({
  row,
  name,
  hasBegun,
  onClose,
}: {
  readonly row: AbsenceRow;
  readonly name: string;
  readonly hasBegun: boolean;
  readonly onClose: () => void;
}) => {
  const { t } = useTranslation('absences');
  const words = useProblemWords();
  const [end, { isLoading, error }] = useEndAbsenceMutation();
  const carryOut = async (): Promise<void> => {
    const done = await end({ id: row.id });
    if (done.error === undefined) onClose();
  };
  return (
    <Dialog
      title={hasBegun ? t('end.title', { name }) : t('end.removeTitle', { name })}
      isOpen
      onClose={onClose}
      width="narrow"
      isQuestion
      actions={
        <>
          <Button onPress={onClose}>{t('form.cancel')}</Button>
          <Button variant="bad" isPending={isLoading} onPress={() => void carryOut()}>
            {hasBegun ? t('end.carryOut') : t('end.remove')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{hasBegun ? t('end.note') : t('end.removeNote')}</p>
        {error !== undefined && (
          <Banner tone="bad" shape="box" announce="assertive">
            {words(problemOf(error))}
          </Banner>
        )}
      </div>
    </Dialog>
  );
};
