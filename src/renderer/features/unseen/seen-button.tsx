import { useTranslation } from 'react-i18next';
import type { ClientView } from '#shared/contract/views.ts';
import type { Section } from '#shared/domain/records/sections.ts';
import { Button } from '#renderer/components/button.tsx';
import { useMarkSeenMutation } from '#renderer/store/calls/clients-api.ts';

export type SeenButtonProps = {
  readonly view: ClientView;
  /** Null for everything of the client. */
  readonly section: Section | null;
};

/** Katsottu: what has changed is no longer new, for this person alone. */
export const SeenButton = ({ view, section }: SeenButtonProps) => {
  const { t } = useTranslation('unseen');
  const [mark, { isLoading }] = useMarkSeenMutation();
  return (
    <Button
      variant="flat"
      icon="check"
      isPending={isLoading}
      onPress={() => void mark({ caseId: view.caseId, section, through: view.unseenThrough })}
    >
      {t('seen')}
    </Button>
  );
};
