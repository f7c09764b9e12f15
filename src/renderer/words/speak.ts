import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '#shared/domain/codes.ts';

/** Each language is a chunk of its own, read when it is chosen. */
const languages = {
  fi: () => import('./fi.ts'),
  sv: () => import('./sv.ts'),
  en: () => import('./en.ts'),
} satisfies Readonly<Record<Language, unknown>>;

/** Reads all words of a language at once, so that no screen shows half of them; once is enough. */
const readWords = async (language: Language): Promise<void> => {
  if (i18next.hasResourceBundle(language, 'app')) return;
  const { files } = await languages[language]();
  for (const [path, words] of Object.entries(files)) {
    const namespace = path.slice(path.lastIndexOf('/') + 1, -'.json'.length);
    i18next.addResourceBundle(language, namespace, words);
  }
};

/** The last one asked for: an earlier language whose words come later does not return. */
let wanted: Language | null = null;

/** Changes the language of the whole window when its words have come. */
export const speak = async (language: Language): Promise<void> => {
  wanted = language;
  await readWords(language);
  if (wanted === language) await i18next.changeLanguage(language);
};

export const startI18n = async (language: Language): Promise<i18n> => {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    // React escapes what it draws.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await speak(language);
  return i18next;
};

/** A language's words whatever the window speaks: for what is printed for somebody else. */
export const spokenIn = async (language: Language): Promise<i18n> => {
  await readWords(language);
  const other = i18next.cloneInstance({ lng: language });
  await other.changeLanguage(language);
  return other;
};
