import i18next, { type i18n, type Resource } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '#shared/domain/codes.ts';

type Words = { readonly [key: string]: string | Words };

/** `…/locales/<language>/<namespace>.json`, all of them: they are small and the language changes at once. */
const files: Readonly<Record<string, Words>> = import.meta.glob<Words>(
  '../../../resources/locales/*/*.json',
  { eager: true, import: 'default' },
);

const resources = (): Resource => {
  const result: Record<string, Record<string, Words>> = {};
  for (const [path, words] of Object.entries(files)) {
    const [language = '', file = ''] = path.split('/').slice(-2);
    (result[language] ??= {})[file.replace(/\.json$/u, '')] = words;
  }
  return result;
};

export const startI18n = async (language: Language): Promise<i18n> => {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'fi',
    resources: resources(),
    // React escapes what it draws.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  return i18next;
};
