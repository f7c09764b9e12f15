import { useTranslation } from 'react-i18next';
import type { VersionView } from '#shared/contract/views.ts';
import { formatMoment, languageOf, type Language } from '#renderer/components/format.ts';
import { professionWord } from '#renderer/components/professions.ts';
import type { Directory } from '#renderer/store/people.ts';
import { useAppSelector } from '#renderer/store/store.ts';

/** `Fysioterapeutti Ville Saarela`; somebody the device does not know is told by profession alone. */
export const authorName = (
  version: Pick<VersionView, 'authorId' | 'profession'>,
  directory: Directory,
  language: Language,
): string =>
  [professionWord(version.profession, language), directory.nameOf(version.authorId)]
    .filter((part) => part !== null && part !== '')
    .join(' ');

/** Who wrote and when, with oneself as "you". */
export type AuthorWords = {
  readonly isMine: (version: Pick<VersionView, 'authorId'>) => boolean;
  readonly name: (version: Pick<VersionView, 'authorId' | 'profession'>) => string;
  readonly moment: (version: Pick<VersionView, 'time'>, now: number) => string;
};

export const useAuthorWords = (directory: Directory): AuthorWords => {
  const { i18n } = useTranslation('records');
  const language = languageOf(i18n.language);
  const ownId = useAppSelector((state) => state.session.session?.person?.id ?? null);
  return {
    isMine: ({ authorId }) => authorId === ownId,
    name: (version) => authorName(version, directory, language),
    moment: ({ time }, now) => formatMoment(time, now, language),
  };
};
