import { useCallback, useRef, useState } from 'react';
import type { Problem } from '#shared/contract/calls.ts';
import { problemOf } from '#renderer/store/problem.ts';
import type { LogEntry } from './entry-words.ts';
import { joinedPages } from './filter-entries.ts';

/** As many entries as the region gives at once. */
const pageSize = 500;

type Page = { readonly total: number; readonly rows: readonly LogEntry[] };
type AskPage = (page: { readonly offset: number; readonly limit: number }) => Promise<Page>;

export type LogPages = {
  readonly entries: readonly LogEntry[];
  /** Null until something has come. */
  readonly total: number | null;
  readonly isReading: boolean;
  readonly problem: Problem | null;
  /** Reads from the beginning, to the end or until it is stopped. */
  readonly read: (ask: AskPage) => Promise<void>;
  readonly stop: () => void;
};

type State = Pick<LogPages, 'entries' | 'total' | 'isReading' | 'problem'>;

const nothing: State = { entries: [], total: null, isReading: false, problem: null };

/**
 * Reads a whole log page by page. Asked by hand and never again by itself, for each reading is an entry.
 * What has come stays when the connection ends in the middle.
 */
export const useLogPages = (): LogPages => {
  const [state, setState] = useState<State>(nothing);
  const reading = useRef(0);

  const stop = useCallback((): void => {
    reading.current += 1;
    setState((known) => ({ ...known, isReading: false }));
  }, []);

  const read = useCallback(async (ask: AskPage): Promise<void> => {
    reading.current += 1;
    const own = reading.current;
    setState({ ...nothing, isReading: true });
    let entries: readonly LogEntry[] = [];
    for (let offset = 0; ; offset += pageSize) {
      try {
        const page = await ask({ offset, limit: pageSize });
        if (reading.current !== own) return;
        entries = joinedPages(entries, page.rows);
        const isReading = page.rows.length === pageSize;
        setState({ entries, total: page.total, isReading, problem: null });
        if (!isReading) return;
      } catch (error) {
        if (reading.current !== own) return;
        setState((known) => ({ ...known, isReading: false, problem: problemOf(error) }));
        return;
      }
    }
  }, []);

  return { ...state, read, stop };
};
