import type { CallInput, CallOutput } from '#shared/contract/calls.ts';
import { asked, asking, contractApi } from '../contract-api.ts';

/** What waits and what came of it, and this computer. */
export const syncApi = contractApi.injectEndpoints({
  endpoints: (build) => ({
    syncStatus: build.query<CallOutput<'sync.status'>, void>({
      query: asking('sync.status'),
      providesTags: ['sync'],
      keepUnusedDataFor: 3_600,
    }),
    readOutbox: build.query<CallOutput<'sync.outbox'>, CallInput<'sync.outbox'>>({
      query: asked('sync.outbox'),
      providesTags: ['outbox'],
    }),
    syncNow: build.mutation<CallOutput<'sync.now'>, void>({
      query: asking('sync.now'),
      invalidatesTags: ['sync'],
    }),
    readSetAside: build.query<CallOutput<'sync.setAside'>, void>({
      query: asking('sync.setAside'),
      providesTags: ['outbox'],
    }),
    tryAgain: build.mutation<CallOutput<'sync.tryAgain'>, void>({
      query: asking('sync.tryAgain'),
      invalidatesTags: ['sync', 'outbox'],
    }),
    readRemovals: build.query<CallOutput<'sync.removals'>, void>({
      query: asking('sync.removals'),
      providesTags: ['outbox'],
    }),
    answerRemovals: build.mutation<
      CallOutput<'sync.answerRemovals'>,
      CallInput<'sync.answerRemovals'>
    >({
      query: asked('sync.answerRemovals'),
      invalidatesTags: ['sync', 'outbox'],
    }),
    dismissRefused: build.mutation<
      CallOutput<'sync.dismissRefused'>,
      CallInput<'sync.dismissRefused'>
    >({
      query: asked('sync.dismissRefused'),
      invalidatesTags: ['sync', 'outbox', 'client'],
    }),
    readReviewed: build.query<CallOutput<'sync.reviewed'>, void>({
      query: asking('sync.reviewed'),
      providesTags: ['outbox'],
    }),
    dismissReviewed: build.mutation<
      CallOutput<'sync.dismissReviewed'>,
      CallInput<'sync.dismissReviewed'>
    >({
      query: asked('sync.dismissReviewed'),
      invalidatesTags: ['sync', 'outbox'],
    }),
    aboutDevice: build.query<CallOutput<'device.about'>, void>({
      query: asking('device.about'),
      providesTags: ['sync'],
    }),
    readReceipts: build.query<CallOutput<'device.receipts'>, CallInput<'device.receipts'>>({
      query: asked('device.receipts'),
      providesTags: ['outbox'],
    }),
    ownDevices: build.query<CallOutput<'devices.mine'>, void>({
      query: asking('devices.mine'),
    }),
    supportReport: build.mutation<CallOutput<'device.report'>, void>({
      query: asking('device.report'),
    }),
    holdSync: build.mutation<CallOutput<'sync.hold'>, CallInput<'sync.hold'>>({
      query: asked('sync.hold'),
      invalidatesTags: ['sync'],
    }),
    unsentUses: build.query<CallOutput<'uses.unsent'>, void>({
      query: asking('uses.unsent'),
      providesTags: ['sync'],
    }),
  }),
});

export const {
  useAboutDeviceQuery,
  useReadReceiptsQuery,
  useOwnDevicesQuery,
  useSupportReportMutation,
  useHoldSyncMutation,
  useSyncStatusQuery,
  useReadOutboxQuery,
  useReadSetAsideQuery,
  useTryAgainMutation,
  useReadRemovalsQuery,
  useAnswerRemovalsMutation,
  useSyncNowMutation,
  useDismissRefusedMutation,
  useReadReviewedQuery,
  useDismissReviewedMutation,
  useUnsentUsesQuery,
} = syncApi;
