import { useTranslation } from 'react-i18next';
import { SegmentedControl } from '#renderer/components/segmented-control.tsx';
import { languageChosen } from '#renderer/store/preferences.ts';
import { useAppDispatch, useAppSelector } from '#renderer/store/store.ts';

/** Each language in its own words, so that it is found by whoever needs it. */
const languageNames = [
  { id: 'fi', label: 'Suomi', lang: 'fi' },
  { id: 'sv', label: 'Svenska', lang: 'sv' },
  { id: 'en', label: 'English', lang: 'en' },
] as const;

export const LanguageChoice = () => {
  const { t } = useTranslation('settings');
  const language = useAppSelector((state) => state.preferences.language);
  const dispatch = useAppDispatch();
  return (
    <SegmentedControl
      label={t('language')}
      segments={languageNames}
      value={language}
      onChange={(chosen) => dispatch(languageChosen(chosen))}
    />
  );
};
