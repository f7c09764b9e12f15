import type { TFunction } from 'i18next';
import { languageName, type Language } from '#renderer/components/format.ts';

/** Named by ourselves: browsers know no Sámi language but the northern one. */
const ownWords = new Set(['fi', 'sv', 'se', 'smn', 'sms', 'en']);

/** A language of the world by its ISO 639 code; the code itself where nobody knows a name. */
export const tongueName = (code: string, t: TFunction, language: Language): string =>
  ownWords.has(code) ? t(`records:language.${code}`) : languageName(code, language);
