import { useTranslation } from 'react-i18next';
import type { Id } from '#shared/domain/ids.ts';
import { IconButton } from '#renderer/components/button.tsx';
import { Tooltip } from '#renderer/components/tooltip.tsx';
import { useClientsAtHandQuery, usePinClientMutation } from '#renderer/store/calls/clients-api.ts';

/** Keeps the client at hand in the palette, for oneself; the same button lets go. */
export const PinButton = ({ caseId }: { readonly caseId: Id }) => {
  const { t } = useTranslation('client');
  const { data } = useClientsAtHandQuery();
  const [pin] = usePinClientMutation();
  if (data === undefined) return null;
  const isPinned = data.pinned.some((row) => row.caseId === caseId);
  const words = t(isPinned ? 'unpin' : 'pin');
  return (
    <Tooltip text={words}>
      <IconButton
        icon={isPinned ? 'pinned' : 'pin'}
        label={words}
        onPress={() => void pin({ caseId, isPinned: !isPinned })}
      />
    </Tooltip>
  );
};
