import type { CallInput, CallOutput } from '#shared/contract/calls.ts';
import { asked, request, contractApi } from '../contract-api.ts';

type HistoryAsked = Pick<CallInput<'history.client'>, 'caseId' | 'filter'>;

/** So many versions of a history are drawn at a time. */
const historyPage = 60;

/** What was written when, and any plan as it stood. */
export const historyApi = contractApi.injectEndpoints({
  endpoints: (build) => ({
    readGroupHistory: build.query<CallOutput<'history.group'>, CallInput<'history.group'>>({
      query: asked('history.group'),
      providesTags: (_result, _problem, { caseId }) => [{ type: 'client', id: caseId }],
    }),
    readHistory: build.infiniteQuery<CallOutput<'history.client'>, HistoryAsked, number | null>({
      query: ({ queryArg, pageParam }) =>
        request('history.client', { ...queryArg, before: pageParam, limit: historyPage }),
      infiniteQueryOptions: {
        initialPageParam: null,
        getNextPageParam: ({ next }) => next ?? undefined,
      },
      providesTags: (_result, _problem, { caseId }) => [{ type: 'client', id: caseId }],
    }),
    readAsOf: build.query<CallOutput<'history.asOf'>, CallInput<'history.asOf'>>({
      query: asked('history.asOf'),
      providesTags: (_result, _problem, { caseId }) => [{ type: 'client', id: caseId }],
    }),
  }),
});

export const { useReadGroupHistoryQuery, useReadHistoryInfiniteQuery, useReadAsOfQuery } =
  historyApi;
