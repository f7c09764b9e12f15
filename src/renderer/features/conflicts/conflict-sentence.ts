import { useTranslation } from 'react-i18next';
import type { VersionView } from '#shared/contract/views.ts';
import type { Directory } from '#renderer/store/people.ts';
import { useNow } from '#renderer/store/use-now.ts';
import { useAuthorWords } from '../editing/index.ts';

/** One version in a sentence's part. */
export type SentencePart = {
  readonly isMine: boolean;
  readonly name: string;
  readonly moment: string;
};

/** Keys of the conflict's words, which the translator given is set to. */
const [otherFirst, other, youFirst, you] = [
  'wrote.first',
  'wrote.next',
  'wrote.youFirst',
  'wrote.you',
] as const;

type Translate = (key: string, values: Readonly<Record<string, string>>) => string;

/**
 * "Fysioterapeutti Ville Saarela kirjoitti klo 14.32, sinä klo 14.10." Others first, oneself last; each
 * with the time that their own computer said.
 */
export const conflictSentence = (parts: readonly SentencePart[], t: Translate): string => {
  const inOrder = parts.toSorted((a, b) => Number(a.isMine) - Number(b.isMine));
  const words = inOrder.map(({ isMine, name, moment }, index) => {
    const first = index === 0;
    if (isMine) return t(first ? youFirst : you, { moment });
    return t(first ? otherFirst : other, { name, moment });
  });
  return `${words.join(', ')}.`;
};

export const useConflictSentence = (
  directory: Directory,
): ((heads: readonly VersionView[]) => string) => {
  const { t } = useTranslation('conflict');
  const now = useNow();
  const authors = useAuthorWords(directory);
  return (heads) =>
    conflictSentence(
      heads
        .toSorted((a, b) => b.time - a.time)
        .map((head) => ({
          isMine: authors.isMine(head),
          name: authors.name(head),
          moment: authors.moment(head, now),
        })),
      (key, values) => t(key, values),
    );
};
