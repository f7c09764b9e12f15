import { useTranslation } from 'react-i18next';
import { IconButton } from '#renderer/components/button.tsx';
import { Tooltip } from '#renderer/components/tooltip.tsx';
import { besideAsked } from '#renderer/store/beside.ts';
import { useAppDispatch } from '#renderer/store/store.ts';

/** Asks for a second client, to be read beside this one. */
export const BesideButton = () => {
  const { t } = useTranslation('beside');
  const dispatch = useAppDispatch();
  return (
    <Tooltip text={`${t('open')} (Ctrl B)`}>
      <IconButton icon="panes" label={t('open')} onPress={() => void dispatch(besideAsked())} />
    </Tooltip>
  );
};
