import { useTranslation } from 'react-i18next';
import { Card } from '#renderer/components/card.tsx';
import { PageHead } from '#renderer/components/page-head.tsx';
import { SegmentedControl } from '#renderer/components/segmented-control.tsx';
import { densityChosen, themeChosen } from '#renderer/store/preferences.ts';
import { useAppDispatch, useAppSelector } from '#renderer/store/store.ts';
import { KeyList } from './key-list.tsx';
import { LanguageChoice } from './language-choice.tsx';
import './settings.css';

/** How the program looks and speaks on this computer. */
export const SettingsPage = () => {
  const { t } = useTranslation('settings');
  const { theme, density } = useAppSelector((state) => state.preferences);
  const dispatch = useAppDispatch();
  return (
    <>
      <PageHead title={t('title')} note={t('note')} />
      <div className="page-body settings-body">
        <Card title={t('look')}>
          <div className="settings-rows">
            <span>{t('language')}</span>
            <LanguageChoice />
            <span>{t('theme.label')}</span>
            <SegmentedControl
              label={t('theme.label')}
              value={theme}
              onChange={(chosen) => dispatch(themeChosen(chosen))}
              segments={[
                { id: 'system', label: t('theme.system') },
                { id: 'light', label: t('theme.light') },
                { id: 'dark', label: t('theme.dark') },
              ]}
            />
            <span>{t('density.label')}</span>
            <SegmentedControl
              label={t('density.label')}
              value={density}
              onChange={(chosen) => dispatch(densityChosen(chosen))}
              segments={[
                { id: 'desk', label: t('density.desk') },
                { id: 'touch', label: t('density.touch') },
              ]}
            />
            <span />
            <p className="muted text-s">{t('density.hint')}</p>
          </div>
        </Card>
        <Card title={t('keys.title')}>
          <KeyList />
        </Card>
      </div>
    </>
  );
};
