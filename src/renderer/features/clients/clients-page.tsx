import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clientSorts } from '#shared/contract/calls.ts';
import type { ClientRow } from '#shared/contract/views.ts';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatNumber, languageOf } from '#renderer/components/format.ts';
import { PageHead } from '#renderer/components/page-head.tsx';
import { SearchField } from '#renderer/components/text-field.tsx';
import { VirtualGrid, type GridSort } from '#renderer/components/virtual-grid.tsx';
import { useSyncStatusQuery } from '#renderer/store/calls/sync-api.ts';
import { useDirectory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { clientHref, goTo } from '#renderer/store/route.ts';
import { useToday } from '#renderer/store/use-now.ts';
import { wholeCodeOf } from '../openings/index.ts';
import { useProblemWords } from '../problems/index.ts';
import { useClientColumns } from './client-columns.tsx';
import { useClientRows, type ClientList } from './client-pages.ts';
import './clients.css';

const firstSort: GridSort = { column: 'name', direction: 'ascending' };

export type ClientsPageProps = {
  /** A new client is begun. */
  readonly onNew: () => void;
  /** Somebody who is not on this computer is looked for; the code that was typed, or an empty text. */
  readonly onFindInRegion: (code: string) => void;
};

/** Why the list is empty, and what to do next. */
const Nothing = ({
  query,
  onNew,
  onFindInRegion,
}: ClientsPageProps & { readonly query: string }) => {
  const { t } = useTranslation('clients');
  const { data: sync } = useSyncStatusQuery();
  if (query.trim() !== '') {
    const code = wholeCodeOf(query);
    return (
      <EmptyState
        {...(code === null
          ? {}
          : {
              action: (
                <Button icon="search" onPress={() => onFindInRegion(code)}>
                  {t('inRegion')}
                </Button>
              ),
            })}
      >
        {t('noMatch', { query })}
      </EmptyState>
    );
  }
  if (sync?.firstSync) {
    return <EmptyState>{t('coming', { count: sync.firstSync.waiting })}</EmptyState>;
  }
  return (
    <EmptyState action={<Button onPress={onNew}>{t('new.open')}</Button>}>{t('none')}</EmptyState>
  );
};

/** The clients of this person, from the case file: search as you type, thousands of rows. */
export const ClientsPage = ({ onNew, onFindInRegion }: ClientsPageProps) => {
  const { t, i18n } = useTranslation('clients');
  const words = useProblemWords();
  const directory = useDirectory();
  const today = useToday();
  const [query, setQuery] = useState('');
  const [sort, setSort] = useState(firstSort);
  const page = useRef<HTMLDivElement>(null);

  const wanted = useMemo<ClientList>(
    () => ({
      query,
      sort: clientSorts.find((each) => each === sort.column) ?? 'name',
      descending: sort.direction === 'descending',
    }),
    [query, sort],
  );
  const { shown, isCurrent, total, problem, getRow, onRangeChange } = useClientRows(wanted);
  const open = useCallback(
    (row: ClientRow): void =>
      goTo(clientHref(row.caseId, 'overview', { from: shown.query === '' ? 'list' : 'search' })),
    [shown.query],
  );

  const letters = useMemo(
    () => ({
      k: (row: ClientRow): void =>
        goTo(clientHref(row.caseId, 'visit', { from: shown.query === '' ? 'list' : 'search' })),
    }),
    [shown.query],
  );

  // Enter is pressed as soon as the name is typed; the rows of that name may still be on their way.
  const firstAsked = useRef<ClientList | null>(null);
  const openFirst = useCallback(() => {
    if (firstAsked.current !== wanted || !isCurrent) return;
    firstAsked.current = null;
    const first = getRow(0);
    if (first) open(first);
  }, [wanted, isCurrent, getRow, open]);
  useEffect(openFirst, [openFirst]);
  const columns = useClientColumns(directory, today);

  return (
    <>
      <PageHead
        title={t('title')}
        note={
          total === undefined
            ? ''
            : t('count', {
                count: total,
                number: formatNumber(total, languageOf(i18n.language)),
              })
        }
        actions={
          <>
            <Button icon="search" onPress={() => onFindInRegion(wholeCodeOf(query) ?? '')}>
              {t('inRegion')}
            </Button>
            <Button variant="main" icon="plus" onPress={onNew}>
              {t('new.open')}
            </Button>
          </>
        }
      />
      <div className="page-body clients-body" ref={page}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys belong to the field inside */}
        <div
          className="clients-search"
          role="search"
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') {
              event.preventDefault();
              page.current?.querySelector<HTMLElement>('[role=grid]')?.focus();
            } else if (event.key === 'Enter') {
              firstAsked.current = wanted;
              openFirst();
            }
          }}
        >
          <SearchField
            label={t('search')}
            hideLabel
            placeholder={t('searchHint')}
            value={query}
            onChange={setQuery}
            autoFocus
          />
        </div>
        {problem !== null && (
          <Banner tone="bad" shape="box" announce="assertive">
            {words(problemOf(problem))}
          </Banner>
        )}
        <section className="card clients-card" aria-label={t('title')}>
          <VirtualGrid
            label={t('title')}
            columns={columns}
            rowCount={total ?? 0}
            getRow={getRow}
            onRangeChange={onRangeChange}
            sort={sort}
            onSort={setSort}
            onOpen={open}
            letters={letters}
            listKey={`${shown.query}|${shown.sort}|${String(shown.descending)}`}
            empty={
              total === undefined ? (
                <p />
              ) : (
                <Nothing query={shown.query} onNew={onNew} onFindInRegion={onFindInRegion} />
              )
            }
          />
        </section>
      </div>
    </>
  );
};
