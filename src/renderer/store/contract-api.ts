import { createApi, type BaseQueryFn } from '@reduxjs/toolkit/query/react';
import type { CallInput, CallName, CallOutput, Problem } from '#shared/contract/calls.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import type { ContractClient } from '#shared/contract/transport.ts';
import { connectionChanged } from './session.ts';

/** What the store's thunks reach besides the state: the window's end of the contract. */
export type StoreExtra = { readonly client: ContractClient };

type Request = {
  readonly [N in CallName]: { readonly name: N; readonly input: CallInput<N> };
}[CallName];

/** One call of the contract. A problem is a value, also when the core is gone. */
const contractBaseQuery: BaseQueryFn<Request, unknown, Problem> = async ({ name, input }, api) => {
  const { client } = api.extra as StoreExtra;
  const result = await client.call(name, input);
  api.dispatch(connectionChanged(result.ok || result.error.code !== 'connection-lost'));
  return result.ok ? { data: result.value } : { error: result.error };
};

const request = <N extends CallName>(name: N, input: CallInput<N>): Request =>
  ({ name, input }) as Request;

type HistoryAsked = Pick<CallInput<'history.client'>, 'caseId' | 'filter'>;

/** So many versions of a history are drawn at a time. */
const historyPage = 60;

const asked =
  <N extends CallName>(name: N) =>
  (input: CallInput<N>): Request =>
    request(name, input);

const asking =
  <N extends CallName>(name: N) =>
  (): Request =>
    request(name, {} as CallInput<N>);

/**
 * The contract's calls as queries and commands. Commands name no tags of their own: what changed is told
 * by the core's events (`news.ts`), the same way whether it was done here or came from the region.
 */
export const contractApi = createApi({
  reducerPath: 'contract',
  baseQuery: contractBaseQuery,
  tagTypes: [
    'client',
    'client-list',
    'directory',
    'sync',
    'outbox',
    'openings',
    'protected-parts',
    'reviews',
    'absences',
    'emergencies',
    'administration',
    'work',
  ],
  // A client's whole plan is plain text: not kept for long after its page is closed.
  keepUnusedDataFor: 30,
  endpoints: (build) => ({
    searchClients: build.query<CallOutput<'clients.search'>, CallInput<'clients.search'>>({
      query: asked('clients.search'),
      providesTags: ['client-list'],
    }),
    clientsAtHand: build.query<CallOutput<'clients.atHand'>, void>({
      query: () => request('clients.atHand', {}),
      providesTags: ['client-list'],
    }),
    pinClient: build.mutation<CallOutput<'clients.pin'>, CallInput<'clients.pin'>>({
      query: asked('clients.pin'),
      invalidatesTags: ['client-list'],
    }),
    openClient: build.query<CallOutput<'clients.open'>, CallInput<'clients.open'>>({
      query: asked('clients.open'),
      // Where the client was found says how the look is logged; it makes no other plan of the client's.
      serializeQueryArgs: ({ endpointName, queryArgs }) => `${endpointName}(${queryArgs.caseId})`,
      providesTags: (_result, _problem, { caseId }) => [{ type: 'client', id: caseId }],
    }),
    markSeen: build.mutation<CallOutput<'clients.markSeen'>, CallInput<'clients.markSeen'>>({
      query: asked('clients.markSeen'),
      invalidatesTags: (_result, _problem, { caseId }) => [{ type: 'client', id: caseId }],
    }),
    createClient: build.mutation<CallOutput<'clients.create'>, CallInput<'clients.create'>>({
      query: asked('clients.create'),
      invalidatesTags: ['client-list'],
    }),
    searchTexts: build.query<CallOutput<'text.search'>, CallInput<'text.search'>>({
      query: asked('text.search'),
      keepUnusedDataFor: 0,
    }),
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
    // By the day: what is due tomorrow is another answer tomorrow.
    readWork: build.query<CallOutput<'work.list'>, CivilDate>({
      query: () => request('work.list', {}),
      providesTags: ['work'],
    }),
    countWork: build.query<CallOutput<'work.count'>, CivilDate>({
      query: () => request('work.count', {}),
      providesTags: ['work'],
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
    readDirectory: build.query<CallOutput<'directory.read'>, void>({
      query: asking('directory.read'),
      providesTags: ['directory'],
      keepUnusedDataFor: 3_600,
    }),
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
    revealContact: build.mutation<
      CallOutput<'clients.revealContact'>,
      CallInput<'clients.revealContact'>
    >({
      query: asked('clients.revealContact'),
    }),
    readOpenings: build.query<CallOutput<'openings.active'>, void>({
      query: asking('openings.active'),
      providesTags: ['openings'],
    }),
    // A look-up is a logged act of its own: asked when somebody asks, never again by itself.
    findClient: build.mutation<CallOutput<'clients.find'>, CallInput<'clients.find'>>({
      query: asked('clients.find'),
    }),
    openOnGround: build.mutation<
      CallOutput<'clients.openOnGround'>,
      CallInput<'clients.openOnGround'>
    >({
      query: asked('clients.openOnGround'),
      invalidatesTags: ['openings'],
    }),
    confirmProtected: build.mutation<
      CallOutput<'clients.confirmProtected'>,
      CallInput<'clients.confirmProtected'>
    >({
      query: asked('clients.confirmProtected'),
      invalidatesTags: ['openings', 'protected-parts'],
    }),
    readProtectedParts: build.query<
      CallOutput<'clients.protectedParts'>,
      CallInput<'clients.protectedParts'>
    >({
      query: asked('clients.protectedParts'),
      providesTags: ['protected-parts'],
    }),
    endOpening: build.mutation<CallOutput<'clients.endOpening'>, CallInput<'clients.endOpening'>>({
      query: asked('clients.endOpening'),
      invalidatesTags: ['openings', 'client', 'client-list', 'protected-parts'],
    }),
    findHere: build.mutation<CallOutput<'emergency.findHere'>, CallInput<'emergency.findHere'>>({
      query: asked('emergency.findHere'),
    }),
    openHere: build.mutation<CallOutput<'emergency.openHere'>, CallInput<'emergency.openHere'>>({
      query: asked('emergency.openHere'),
      invalidatesTags: ['openings', 'client', 'client-list'],
    }),
    endOpeningHere: build.mutation<CallOutput<'emergency.end'>, CallInput<'emergency.end'>>({
      query: asked('emergency.end'),
      invalidatesTags: ['openings', 'client', 'client-list'],
    }),
    readReviews: build.query<CallOutput<'reviews.list'>, void>({
      query: asking('reviews.list'),
      providesTags: ['reviews'],
    }),
    decideReview: build.mutation<CallOutput<'reviews.decide'>, CallInput<'reviews.decide'>>({
      query: asked('reviews.decide'),
      // What could not be decided stays in sight with its reason.
      invalidatesTags: (_result, problem) => (problem === undefined ? ['reviews'] : []),
    }),
    readAbsences: build.query<CallOutput<'absences.list'>, void>({
      query: asking('absences.list'),
      providesTags: ['absences'],
    }),
    saveAbsence: build.mutation<CallOutput<'absences.save'>, CallInput<'absences.save'>>({
      query: asked('absences.save'),
      invalidatesTags: ['absences'],
    }),
    endAbsence: build.mutation<CallOutput<'absences.end'>, CallInput<'absences.end'>>({
      query: asked('absences.end'),
      invalidatesTags: ['absences'],
    }),
    readUncovered: build.query<CallOutput<'absences.uncovered'>, CallInput<'absences.uncovered'>>({
      query: asked('absences.uncovered'),
      providesTags: ['absences'],
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
    listPeople: build.query<CallOutput<'people.list'>, CallInput<'people.list'>>({
      query: asked('people.list'),
      providesTags: ['administration'],
    }),
    savePerson: build.mutation<CallOutput<'people.save'>, CallInput<'people.save'>>({
      query: asked('people.save'),
      invalidatesTags: ['administration'],
    }),
    endPerson: build.mutation<CallOutput<'people.end'>, CallInput<'people.end'>>({
      query: asked('people.end'),
      invalidatesTags: ['administration'],
    }),
    giveNewSecret: build.mutation<CallOutput<'people.newSecret'>, CallInput<'people.newSecret'>>({
      query: asked('people.newSecret'),
      invalidatesTags: ['administration'],
    }),
    linkClient: build.mutation<CallOutput<'people.linkClient'>, CallInput<'people.linkClient'>>({
      query: asked('people.linkClient'),
      invalidatesTags: ['administration'],
    }),
    saveUnit: build.mutation<CallOutput<'units.save'>, CallInput<'units.save'>>({
      query: asked('units.save'),
    }),
    listRelations: build.query<CallOutput<'relations.list'>, CallInput<'relations.list'>>({
      query: asked('relations.list'),
      providesTags: ['administration'],
    }),
    changeRelations: build.mutation<CallOutput<'relations.change'>, CallInput<'relations.change'>>({
      query: asked('relations.change'),
      invalidatesTags: (_result, _problem, { dryRun }) => (dryRun ? [] : ['administration']),
    }),
    listDevices: build.query<CallOutput<'devices.list'>, CallInput<'devices.list'>>({
      query: asked('devices.list'),
      providesTags: ['administration'],
    }),
    revokeDevice: build.mutation<CallOutput<'devices.revoke'>, CallInput<'devices.revoke'>>({
      query: asked('devices.revoke'),
      invalidatesTags: ['administration'],
    }),
    listSameCode: build.query<CallOutput<'clients.sameCode'>, void>({
      query: asking('clients.sameCode'),
      providesTags: ['administration'],
    }),
    mergeClients: build.mutation<CallOutput<'clients.merge'>, CallInput<'clients.merge'>>({
      query: asked('clients.merge'),
      invalidatesTags: ['administration'],
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
  useSearchClientsQuery,
  useClientsAtHandQuery,
  usePinClientMutation,
  useOpenClientQuery,
  useShowFamilyQuery,
  useFamilyRowsQuery,
  useLazyFamilyRowsQuery,
  useCreateClientMutation,
  useMarkSeenMutation,
  useSearchTextsQuery,
  useWriteRecordsMutation,
  useRemoveRecordMutation,
  useRestoreRecordMutation,
  useDiscardDraftMutation,
  useReadWorkQuery,
  useCountWorkQuery,
  useReadDirectoryQuery,
  useSyncStatusQuery,
  useReadOutboxQuery,
  useReadSetAsideQuery,
  useTryAgainMutation,
  useReadRemovalsQuery,
  useAnswerRemovalsMutation,
  useSyncNowMutation,
  useDismissRefusedMutation,
  useReadGroupHistoryQuery,
  useReadHistoryInfiniteQuery,
  useReadAsOfQuery,
  useShowMeetingQuery,
  useWhoSeesQuery,
  usePreviewAccessQuery,
  useRevealContactMutation,
  useReadOpeningsQuery,
  useFindClientMutation,
  useOpenOnGroundMutation,
  useConfirmProtectedMutation,
  useReadProtectedPartsQuery,
  useEndOpeningMutation,
  useFindHereMutation,
  useOpenHereMutation,
  useEndOpeningHereMutation,
  useReadReviewsQuery,
  useDecideReviewMutation,
  useReadAbsencesQuery,
  useSaveAbsenceMutation,
  useEndAbsenceMutation,
  useReadUncoveredQuery,
  useReadReviewedQuery,
  useDismissReviewedMutation,
  useReadOwnLogMutation,
  useReadClientLogMutation,
  useReadEmergenciesQuery,
  useReviewEmergencyMutation,
  useReadUnusualQuery,
  useVerifyLogMutation,
  useNoteUseMutation,
  useUnsentUsesQuery,
  useListPeopleQuery,
  useSavePersonMutation,
  useEndPersonMutation,
  useGiveNewSecretMutation,
  useLinkClientMutation,
  useSaveUnitMutation,
  useListRelationsQuery,
  useChangeRelationsMutation,
  useListDevicesQuery,
  useRevokeDeviceMutation,
  useListSameCodeQuery,
  useMergeClientsMutation,
} = contractApi;
