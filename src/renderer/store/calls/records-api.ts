import type { CallInput, CallOutput } from '#shared/contract/calls.ts';
import { asked, contractApi } from '../contract-api.ts';

/** Writing records and drafts, and what is read beside one plan: family, a meeting, who sees it. */
export const recordsApi = contractApi.injectEndpoints({
  endpoints: (build) => ({
    writeRecords: build.mutation<CallOutput<'records.write'>, CallInput<'records.write'>>({
      query: asked('records.write'),
      invalidatesTags: (_result, _problem, { caseId }) => [{ type: 'client', id: caseId }],
    }),
    removeRecord: build.mutation<CallOutput<'records.remove'>, CallInput<'records.remove'>>({
      query: asked('records.remove'),
      invalidatesTags: (_result, _problem, { caseId }) => [{ type: 'client', id: caseId }],
    }),
    restoreRecord: build.mutation<CallOutput<'records.restore'>, CallInput<'records.restore'>>({
      query: asked('records.restore'),
      invalidatesTags: (_result, _problem, { caseId }) => [{ type: 'client', id: caseId }],
    }),
    saveDraft: build.mutation<CallOutput<'drafts.save'>, CallInput<'drafts.save'>>({
      query: asked('drafts.save'),
    }),
    discardDraft: build.mutation<CallOutput<'drafts.discard'>, CallInput<'drafts.discard'>>({
      query: asked('drafts.discard'),
      invalidatesTags: (_result, _problem, { caseId }) => [{ type: 'client', id: caseId }],
    }),
    // Whom one may see changes with the list of clients.
    showFamily: build.query<CallOutput<'family.show'>, CallInput<'family.show'>>({
      query: asked('family.show'),
      providesTags: (_result, _problem, { caseId }) => [
        { type: 'client', id: caseId },
        'client-list',
      ],
    }),
    familyRows: build.query<CallOutput<'family.rows'>, CallInput<'family.rows'>>({
      query: asked('family.rows'),
      providesTags: (_result, _problem, { caseId }) => [{ type: 'client', id: caseId }],
      keepUnusedDataFor: 0,
    }),
    whoSees: build.query<CallOutput<'access.who'>, CallInput<'access.who'>>({
      query: asked('access.who'),
      providesTags: (_result, _problem, { caseId }) => [{ type: 'client', id: caseId }],
    }),
    /** The answer stands for who is present now, and each time it is asked the log tells of it. */
    showMeeting: build.query<CallOutput<'meetings.show'>, CallInput<'meetings.show'>>({
      query: asked('meetings.show'),
      providesTags: (_result, _problem, { caseId }) => [{ type: 'client', id: caseId }],
      keepUnusedDataFor: 0,
    }),
    previewAccess: build.query<CallOutput<'access.preview'>, CallInput<'access.preview'>>({
      query: asked('access.preview'),
      providesTags: (_result, _problem, { caseId }) => [{ type: 'client', id: caseId }],
      keepUnusedDataFor: 0,
    }),
  }),
});

export const {
  useShowFamilyQuery,
  useFamilyRowsQuery,
  useLazyFamilyRowsQuery,
  useWriteRecordsMutation,
  useRemoveRecordMutation,
  useRestoreRecordMutation,
  useDiscardDraftMutation,
  useShowMeetingQuery,
  useWhoSeesQuery,
  usePreviewAccessQuery,
} = recordsApi;
