import { ListBox, ListBoxItem } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { formatMoment, languageOf } from '#renderer/components/format.ts';
import { PlainText, plainString } from '#renderer/components/plain-text.tsx';
import { ProfessionName } from '#renderer/components/profession-mark.tsx';
import type { Directory } from '#renderer/store/people.ts';
import { useNow } from '#renderer/store/use-now.ts';
import type { ReviewRow } from './review-rows.ts';
import { useReviewWords } from './use-review-words.ts';

export type ReviewListProps = {
  readonly rows: readonly ReviewRow[];
  readonly directory: Directory;
  readonly chosenId: string | null;
  readonly onChoose: (changeId: string) => void;
};

/** Who wrote for whom, the one that came first on top. Arrows move, and what they reach is shown beside. */
export const ReviewList = ({ rows, directory, chosenId, onChoose }: ReviewListProps) => {
  const { t, i18n } = useTranslation('reviews');
  const now = useNow();
  const language = languageOf(i18n.language);
  const words = useReviewWords(directory);
  return (
    <ListBox
      aria-label={t('title')}
      className="review-list"
      data-begin
      items={rows}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={chosenId === null ? [] : [chosenId]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : [...keys];
        if (typeof key === 'string') onChoose(key);
      }}
      dependencies={[now, language, directory]}
    >
      {(row) => (
        <ListBoxItem
          id={row.changeId}
          className="review-item"
          textValue={plainString(`${row.clientName}, ${words.name(row)}`)}
        >
          <span className="row">
            <b className="cut">
              <PlainText text={row.clientName} />
            </b>
            <span className="end muted text-xs nowrap">
              {t('came', { moment: formatMoment(row.receivedMs, now, language) })}
            </span>
          </span>
          <span className="text-s">{words.place(row)}</span>
          <ProfessionName
            profession={row.profession}
            person={words.name(row)}
            withProfession
            size="small"
          />
        </ListBoxItem>
      )}
    </ListBox>
  );
};
