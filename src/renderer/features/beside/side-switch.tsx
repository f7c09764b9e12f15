import { useTranslation } from 'react-i18next';
import { Kbd } from '#renderer/components/kbd.tsx';
import { SegmentedControl } from '#renderer/components/segmented-control.tsx';
import { sideChosen, type Side } from '#renderer/store/beside.ts';
import { useAppDispatch } from '#renderer/store/store.ts';

/** In a window with room for one client: which of the two is in sight. */
export const SideSwitch = ({
  side,
  ownName,
  besideName,
}: {
  readonly side: Side;
  readonly ownName: string;
  readonly besideName: string;
}) => {
  const { t } = useTranslation('beside');
  const dispatch = useAppDispatch();
  return (
    <section className="side-switch" aria-label={t('which')}>
      <SegmentedControl
        label={t('which')}
        value={side}
        segments={[
          { id: 'own', label: ownName === '' ? t('own') : ownName, icon: 'edit' },
          {
            id: 'beside',
            label: besideName === '' ? t('other') : t('readOnlyName', { name: besideName }),
            icon: 'lock',
          },
        ]}
        onChange={(chosen) => void dispatch(sideChosen(chosen))}
      />
      <Kbd keys="F6" />
    </section>
  );
};
