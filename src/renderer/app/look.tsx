import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { Language } from '#shared/domain/codes.ts';
import { preferencesKey } from '#renderer/store/preferences.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { speak } from '../words/speak.ts';

const locales: Readonly<Record<Language, string>> = { fi: 'fi-FI', sv: 'sv-FI', en: 'en-GB' };

const darkQuery = '(prefers-color-scheme: dark)';

const subscribeDark = (notify: () => void): (() => void) => {
  const query = matchMedia(darkQuery);
  query.addEventListener('change', notify);
  return () => query.removeEventListener('change', notify);
};

/** Language, light and density, as chosen: put on the document and kept for the next time. */
export const Look = ({ children }: { readonly children: ReactNode }) => {
  const preferences = useAppSelector((state) => state.preferences);
  const systemIsDark = useSyncExternalStore(subscribeDark, () => matchMedia(darkQuery).matches);
  const { language, theme, density } = preferences;

  useEffect(() => {
    document.documentElement.lang = language;
    void speak(language);
  }, [language]);

  useEffect(() => {
    const isDark = theme === 'dark' || (theme === 'system' && systemIsDark);
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  }, [theme, systemIsDark]);

  useEffect(() => {
    document.documentElement.dataset['density'] = density;
  }, [density]);

  useEffect(() => {
    try {
      localStorage.setItem(preferencesKey, JSON.stringify(preferences));
    } catch {
      // A full or forbidden storage costs only that the choice is asked again.
    }
  }, [preferences]);

  return <I18nProvider locale={locales[language]}>{children}</I18nProvider>;
};
