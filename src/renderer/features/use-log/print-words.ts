import { spokenIn } from '#renderer/words/speak.ts';
import type { LogWords } from './entry-words.ts';

/** The languages in which a client gets the log: those of the region (Act on languages 423/2003). */
export type PrintLanguage = 'fi' | 'sv';

/** This feature's words in the print's language, whatever the window speaks. */
export const printWords = async (language: PrintLanguage): Promise<LogWords> =>
  (await spokenIn(language)).getFixedT(language, 'useLog');
