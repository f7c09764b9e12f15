import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/domain/ids.ts';
import { Button } from '#renderer/components/button.tsx';
import { useNoteUseMutation } from '#renderer/store/calls/log-api.ts';

/**
 * Copies one's own unsent words, so that they can be kept elsewhere while the region does not take them.
 * Where the client is open, the copy stands in the log first; of one who has left nothing is looked at.
 */
export const CopyWords = ({
  caseId,
  isOpen,
  words,
}: {
  readonly caseId: Id;
  readonly isOpen: boolean;
  readonly words: string;
}) => {
  const { t } = useTranslation('sync');
  const [note, { isLoading }] = useNoteUseMutation();
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null);
  const copy = async (): Promise<void> => {
    const noted = isOpen ? await note({ caseId, action: 'export', screen: 'sync' }) : null;
    if (noted?.error !== undefined) {
      setOutcome('failed');
      return;
    }
    await navigator.clipboard.writeText(words).then(
      () => setOutcome('copied'),
      () => setOutcome('failed'),
    );
  };
  return (
    <>
      <Button isPending={isLoading} onPress={() => void copy()}>
        {t('setAside.copy')}
      </Button>
      <span className="muted text-xs" role="status">
        {outcome !== null && t(`setAside.${outcome}`)}
      </span>
    </>
  );
};
