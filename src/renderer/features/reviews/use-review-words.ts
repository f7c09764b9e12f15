import { useTranslation } from 'react-i18next';
import { compartments, findCode } from '#shared/domain/codes.ts';
import { languageOf } from '#renderer/components/format.ts';
import { professionWord } from '#renderer/components/professions.ts';
import type { Directory } from '#renderer/store/people.ts';
import type { ReviewRow } from './review-rows.ts';

export type ReviewWords = {
  /** `Keino · Vastuu` */
  readonly place: (row: Pick<ReviewRow, 'kind' | 'group'>) => string;
  readonly part: (row: Pick<ReviewRow, 'compartment'>) => string;
  readonly name: (row: Pick<ReviewRow, 'authorId'>) => string;
  /** Everything by which a row may be looked for. */
  readonly all: (row: ReviewRow) => readonly string[];
};

/** What a waiting piece of work is called. */
export const useReviewWords = (directory: Directory): ReviewWords => {
  const { t, i18n } = useTranslation('records');
  const language = languageOf(i18n.language);
  const place: ReviewWords['place'] = ({ kind, group }) =>
    // A note is called the same as its one group.
    [
      ...new Set([
        t([`kind.${kind}`, 'kind.unknown']),
        t([`group.${kind}.${group}`, 'group.unknown']),
      ]),
    ].join(' · ');
  const part: ReviewWords['part'] = ({ compartment }) =>
    findCode(compartments, compartment)?.[language] ?? compartment;
  const name: ReviewWords['name'] = ({ authorId }) => directory.nameOf(authorId) ?? t('someone');
  return {
    place,
    part,
    name,
    all: (row) => [
      row.clientName,
      name(row),
      professionWord(row.profession, language),
      part(row),
      place(row),
    ],
  };
};
