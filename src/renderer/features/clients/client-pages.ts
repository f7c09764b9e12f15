import { useCallback, useEffect, useMemo, useState } from 'react';
import { shallowEqual } from 'react-redux';
import type { CallInput } from '#shared/contract/calls.ts';
import type { ClientRow } from '#shared/contract/views.ts';
import { clientsApi } from '#renderer/store/calls/clients-api.ts';
import { useAppDispatch, useAppSelector } from '#renderer/store/store.ts';

/** Rows asked for at a time. */
export const pageSize = 100;

export type ClientList = Pick<CallInput<'clients.search'>, 'query' | 'sort' | 'descending'>;

/** The pages that hold the rows from `first` to `last`. */
export const pagesFor = (first: number, last: number): readonly number[] => {
  const from = Math.max(0, Math.floor(first / pageSize));
  const to = Math.max(from, Math.floor(last / pageSize));
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
};

const argumentsOf = (list: ClientList, page: number): CallInput<'clients.search'> => ({
  ...list,
  offset: page * pageSize,
  limit: pageSize,
});

const selectPage = clientsApi.endpoints.searchClients.select;

/** Asks for the pages while they are in sight and follows what changes in them. */
const usePages = (list: ClientList, pages: readonly number[]) => {
  const dispatch = useAppDispatch();
  useEffect(() => {
    const subscriptions = pages.map((page) =>
      dispatch(clientsApi.endpoints.searchClients.initiate(argumentsOf(list, page))),
    );
    return () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
    };
  }, [dispatch, list, pages]);
  return useAppSelector(
    (state) => pages.map((page) => selectPage(argumentsOf(list, page))(state)),
    shallowEqual,
  );
};

const firstPage: readonly number[] = [0];

export type ClientRows = {
  /** The list that is shown: the one before, until the first page of the new one has come. */
  readonly shown: ClientList;
  /** Whether the list that is shown is the one that was asked for. */
  readonly isCurrent: boolean;
  readonly total: number | undefined;
  readonly problem: unknown;
  readonly getRow: (index: number) => ClientRow | undefined;
  readonly onRangeChange: (first: number, last: number) => void;
};

/** Thousands of clients, of which only what is in sight is asked for; nothing flickers while one types. */
export const useClientRows = (wanted: ClientList): ClientRows => {
  const [shown, setShown] = useState(wanted);
  const [pages, setPages] = useState(firstPage);
  const [next] = usePages(wanted, firstPage);
  const hasCome = next?.data !== undefined;
  if (hasCome && wanted !== shown) {
    setShown(wanted);
    setPages(firstPage);
  }

  const results = usePages(shown, pages);
  const rows = useMemo(
    () => new Map(results.map((result, index) => [pages[index] ?? 0, result.data?.rows])),
    [results, pages],
  );
  const getRow = useCallback(
    (index: number) => rows.get(Math.floor(index / pageSize))?.[index % pageSize],
    [rows],
  );
  const onRangeChange = useCallback((first: number, last: number) => {
    const needed = pagesFor(first, last);
    setPages((before) =>
      before.length === needed.length && before.every((page, index) => page === needed[index])
        ? before
        : needed,
    );
  }, []);
  const total = results.find((result) => result.data !== undefined)?.data?.total;
  return {
    shown,
    isCurrent: shown === wanted,
    total,
    problem: next?.error ?? null,
    getRow,
    onRangeChange,
  };
};
