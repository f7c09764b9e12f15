import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '#renderer/components/banner.tsx';
import { Button } from '#renderer/components/button.tsx';
import { EmptyState } from '#renderer/components/empty-state.tsx';
import { formatClock, formatLongDate, languageOf } from '#renderer/components/format.ts';
import { PageHead } from '#renderer/components/page-head.tsx';
import { SegmentedControl } from '#renderer/components/segmented-control.tsx';
import { SearchField } from '#renderer/components/text-field.tsx';
import { TreeGrid, type TreeColumn } from '#renderer/components/tree-grid.tsx';
import { useReadWorkQuery } from '#renderer/store/calls/clients-api.ts';
import { useDirectory } from '#renderer/store/people.ts';
import { problemOf } from '#renderer/store/problem.ts';
import { clientHref, clientsHref, goTo } from '#renderer/store/route.ts';
import { useNow, useToday } from '#renderer/store/use-now.ts';
import { useProblemWords } from '../problems/index.ts';
import { dayCells } from './day-cells.tsx';
import { hrefOf } from './day-links.ts';
import { countOf, dayRows, type DayGrouping, type DayRow } from './day-rows.ts';
import { useDayWords } from './use-day-words.ts';
import './my-day.css';

/** Everything that waits for this person, of every client on this computer; Enter goes to the place itself. */
export const MyDayPage = () => {
  const { t, i18n } = useTranslation(['day', 'records', 'requests']);
  const language = languageOf(i18n.language);
  const today = useToday();
  const now = useNow();
  const directory = useDirectory();
  const problemWords = useProblemWords();
  const words = useDayWords(directory);
  const [grouping, setGrouping] = useState<DayGrouping>('section');
  const [query, setQuery] = useState('');
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [rowAsked, setRowAsked] = useState(0);
  const { data, error } = useReadWorkQuery(today, { refetchOnMountOrArgChange: true });
  const items = data?.items ?? [];
  const rows = dayRows(items, { grouping, query, closed, wordsOf: words.all });
  const columns = useMemo<readonly TreeColumn[]>(
    () => [
      { id: 'client', header: t('day:column.client'), width: 'minmax(180px, 260px)' },
      { id: 'what', header: t('day:column.what'), width: 'minmax(200px, 1fr)' },
      { id: 'people', header: t('day:column.people'), width: '150px' },
      { id: 'state', header: t('day:column.state'), width: '152px' },
      { id: 'when', header: t('day:column.when'), width: '152px' },
      { id: 'open', header: t('day:column.open'), width: '84px', align: 'end' },
    ],
    [t],
  );
  const first = rows.find((row) => 'item' in row) ?? rows[0];
  const selected = rows.some(({ id }) => id === selectedId) ? selectedId : (first?.id ?? null);
  const toggle = (id: string, opens: boolean): void => {
    const next = new Set(closed);
    if (opens) next.delete(id);
    else next.add(id);
    setClosed(next);
  };
  const open = (id: string): void => {
    const row = rows.find((each) => each.id === id);
    if (row && 'item' in row) goTo(hrefOf(row.item));
    else if (row) toggle(id, row.isOpen === false);
  };
  const visit = (id: string): void => {
    const row = rows.find((each) => each.id === id);
    if (row && 'item' in row && row.item.client !== null) {
      goTo(clientHref(row.item.client.caseId, 'visit'));
    }
  };
  const nameOf = (row: DayRow): string =>
    'item' in row ? `${words.client(row.item)} ${words.what(row.item)}` : '';
  const around = { t, language, today, now, words, directory, grouping };
  const count = countOf(items);
  return (
    <>
      <PageHead
        title={t('day:title')}
        note={
          <>
            {formatLongDate(today, language)},{' '}
            {t('day:clock', { time: formatClock(now, language) })}
            {data && ` ${t('day:waiting', { count })}`}
          </>
        }
        actions={
          <SegmentedControl
            label={t('day:grouping.label')}
            value={grouping}
            onChange={setGrouping}
            segments={[
              { id: 'section', label: t('day:grouping.section') },
              { id: 'client', label: t('day:grouping.client') },
            ]}
          />
        }
      />
      <div className="page-body day-body">
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys belong to the field inside */}
        <div
          className="day-search"
          role="search"
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
            event.preventDefault();
            setRowAsked((times) => times + 1);
          }}
        >
          <SearchField
            label={t('day:search')}
            hideLabel
            placeholder={t('day:searchHint')}
            value={query}
            onChange={setQuery}
            autoFocus
          />
        </div>
        {error !== undefined && (
          <Banner tone="bad" shape="box" announce="assertive">
            {problemWords(problemOf(error))}
          </Banner>
        )}
        <section className="card day-list" aria-label={t('day:list')}>
          <TreeGrid
            label={t('day:list')}
            columns={columns}
            rows={rows}
            cells={(row) => dayCells(row, around)}
            marks={(row) => ({
              forked: 'item' in row && row.item.sort === 'conflict',
              changed: 'item' in row && row.item.sort === 'changed',
            })}
            selectedId={selected}
            onSelect={setSelectedId}
            onToggle={toggle}
            onEdit={open}
            letters={{ k: visit }}
            focusAsked={rowAsked}
            nameOf={nameOf}
            empty={
              data === undefined ? undefined : query === '' ? (
                <EmptyState
                  action={<Button onPress={() => goTo(clientsHref)}>{t('day:toClients')}</Button>}
                >
                  {t('day:empty')}
                </EmptyState>
              ) : (
                <EmptyState
                  action={<Button onPress={() => setQuery('')}>{t('day:showAll')}</Button>}
                >
                  {t('day:noMatch')}
                </EmptyState>
              )
            }
          />
        </section>
      </div>
    </>
  );
};
