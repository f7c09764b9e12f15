import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { PageHead } from '#renderer/components/page-head.tsx';
import { SearchField } from '#renderer/components/text-field.tsx';
import { useReadReviewsQuery } from '#renderer/store/calls/reviews-api.ts';
import { useDirectory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { useRegionAnswers } from '../openings/index.ts';
import { useProblemWords } from '../problems/index.ts';
import { ReviewDetail } from './review-detail.tsx';
import { ReviewList } from './review-list.tsx';
import { inOrder, matching, nextOf } from './review-rows.ts';
import { useReviewWords } from './use-review-words.ts';
import './reviews.css';

/** Between two askings while nobody looks at the list: each is a look that stands in the clients' logs. */
const countEveryMs = 900_000;

/** How much waits for this person's decision, as far as the region can be asked. */
export const useReviewCount = (): number => {
  const answers = useRegionAnswers();
  const { data } = useReadReviewsQuery(undefined, {
    skip: !answers,
    pollingInterval: countEveryMs,
  });
  return data?.rows.length ?? 0;
};

/** Others' work that came after their right had ended: taken into the plan, or returned with a reason. */
export const ReviewsPage = () => {
  const { t } = useTranslation('reviews');
  const problemWords = useProblemWords();
  const directory = useDirectory();
  const words = useReviewWords(directory);
  const answers = useRegionAnswers();
  const { data, error, isFetching, refetch } = useReadReviewsQuery(undefined, {
    refetchOnMountOrArgChange: true,
  });
  const [query, setQuery] = useState('');
  const [chosenId, setChosenId] = useState<string | null>(null);
  const all = useMemo(() => inOrder(data?.rows ?? []), [data]);
  const rows = matching(all, query, words.all);
  const chosen = rows.find((row) => row.changeId === chosenId) ?? rows[0];
  // What was decided leaves with the button that was pressed: the work goes on in the list.
  const page = useRef<HTMLDivElement>(null);
  const [decided, setDecided] = useState(0);
  useEffect(() => {
    if (decided === 0) return;
    (page.current?.querySelector<HTMLElement>('[role=listbox]') ?? page.current)?.focus();
  }, [decided]);

  return (
    <>
      <PageHead
        title={t('title')}
        note={all.length > 0 ? t('count', { count: all.length }) : t('note')}
        actions={
          <Button icon="sync" isPending={isFetching} onPress={() => void refetch()}>
            {t('again')}
          </Button>
        }
      />
      <div className="page-body reviews" ref={page} tabIndex={-1}>
        {!answers && (
          <Banner tone="info" shape="box" icon="offline" announce="polite">
            {t('away')}
          </Banner>
        )}
        {answers && error !== undefined && (
          <Banner tone="bad" shape="box" announce="polite">
            {problemWords(problemOf(error))}
          </Banner>
        )}
        {all.length === 0 ? (
          data && answers && error === undefined && <EmptyState>{t('empty')}</EmptyState>
        ) : (
          <div className="reviews-both">
            <div className="reviews-side">
              <SearchField
                label={t('search')}
                hideLabel
                placeholder={t('search')}
                value={query}
                onChange={setQuery}
              />
              <div className="card reviews-card">
                {rows.length === 0 ? (
                  <EmptyState action={<Button onPress={() => setQuery('')}>{t('showAll')}</Button>}>
                    {t('noMatch')}
                  </EmptyState>
                ) : (
                  <ReviewList
                    rows={rows}
                    directory={directory}
                    chosenId={chosen?.changeId ?? null}
                    onChoose={setChosenId}
                  />
                )}
              </div>
            </div>
            {chosen && (
              <ReviewDetail
                key={chosen.changeId}
                row={chosen}
                directory={directory}
                onDecided={() => {
                  setChosenId(nextOf(rows, chosen.changeId));
                  setDecided(decided + 1);
                }}
              />
            )}
          </div>
        )}
      </div>
    </>
  );
};
