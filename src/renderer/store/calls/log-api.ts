import type { CallInput, CallOutput } from '#shared/contract/calls.ts';
import { asked, contractApi } from '../contract-api.ts';

/** The log of use. */
export const logApi = contractApi.injectEndpoints({
  endpoints: (build) => ({
    // Each reading of the log is an entry of it: read when somebody asks, never again by itself.
    readOwnLog: build.mutation<CallOutput<'log.own'>, CallInput<'log.own'>>({
      query: asked('log.own'),
    }),
    readClientLog: build.mutation<CallOutput<'log.client'>, CallInput<'log.client'>>({
      query: asked('log.client'),
    }),
    readEmergencies: build.query<CallOutput<'log.emergencies'>, CallInput<'log.emergencies'>>({
      query: asked('log.emergencies'),
      providesTags: ['emergencies'],
    }),
    reviewEmergency: build.mutation<
      CallOutput<'log.reviewEmergency'>,
      CallInput<'log.reviewEmergency'>
    >({
      query: asked('log.reviewEmergency'),
      invalidatesTags: ['emergencies'],
    }),
    readUnusual: build.query<CallOutput<'log.unusual'>, CallInput<'log.unusual'>>({
      query: asked('log.unusual'),
    }),
    verifyLog: build.mutation<CallOutput<'log.verify'>, CallInput<'log.verify'>>({
      query: asked('log.verify'),
    }),
    noteUse: build.mutation<CallOutput<'uses.note'>, CallInput<'uses.note'>>({
      query: asked('uses.note'),
    }),
  }),
});

export const {
  useReadOwnLogMutation,
  useReadClientLogMutation,
  useReadEmergenciesQuery,
  useReviewEmergencyMutation,
  useReadUnusualQuery,
  useVerifyLogMutation,
  useNoteUseMutation,
} = logApi;
