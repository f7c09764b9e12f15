import { useEffect, useState } from 'react';
import type { i18n } from 'i18next';
import type { Language } from '#shared/domain/codes.ts';
import { spokenIn } from '#renderer/words/speak.ts';

/** A language's words; those of the one before until they have come, null before the first. */
export const useSpoken = (language: Language): i18n | null => {
  const [spoken, setSpoken] = useState<i18n | null>(null);
  useEffect(() => {
    let isWanted = true;
    void (async () => {
      const words = await spokenIn(language);
      if (isWanted) setSpoken(words);
    })();
    return () => {
      isWanted = false;
    };
  }, [language]);
  return spoken;
};
