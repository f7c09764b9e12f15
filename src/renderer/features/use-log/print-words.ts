import i18next from 'i18next';
import type { LogWords } from './entry-words.ts';

/** The languages in which a client gets the log: those of the region (Act on languages 423/2003). */
export type PrintLanguage = 'fi' | 'sv';

const files = import.meta.glob<object>('../../../../resources/locales/{fi,sv}/useLog.json', {
  import: 'default',
});

/** This feature's words in the print's language, whatever the window speaks. */
export const printWords = async (language: PrintLanguage): Promise<LogWords> => {
  if (!i18next.hasResourceBundle(language, 'useLog')) {
    const read = files[`../../../../resources/locales/${language}/useLog.json`];
    if (read) i18next.addResourceBundle(language, 'useLog', await read());
  }
  return i18next.getFixedT(language, 'useLog');
};
