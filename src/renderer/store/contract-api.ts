import { createApi, type BaseQueryFn } from '@reduxjs/toolkit/query/react';
import type { CallInput, CallName, CallOutput, Problem } from '#shared/contract/calls.ts';
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
  tagTypes: ['client', 'client-list', 'directory', 'sync', 'outbox'],
  // A client's whole plan is plain text: not kept for long after its page is closed.
  keepUnusedDataFor: 30,
  endpoints: (build) => ({
    searchClients: build.query<CallOutput<'clients.search'>, CallInput<'clients.search'>>({
      query: asked('clients.search'),
      providesTags: ['client-list'],
    }),
    openClient: build.query<CallOutput<'clients.open'>, CallInput<'clients.open'>>({
      query: asked('clients.open'),
      providesTags: (_result, _problem, { caseId }) => [{ type: 'client', id: caseId }],
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
    dismissRefused: build.mutation<
      CallOutput<'sync.dismissRefused'>,
      CallInput<'sync.dismissRefused'>
    >({
      query: asked('sync.dismissRefused'),
      invalidatesTags: ['sync', 'outbox', 'client'],
    }),
  }),
});

export const {
  useSearchClientsQuery,
  useOpenClientQuery,
  useCreateClientMutation,
  useSearchTextsQuery,
  useWriteRecordsMutation,
  useRemoveRecordMutation,
  useRestoreRecordMutation,
  useDiscardDraftMutation,
  useReadDirectoryQuery,
  useSyncStatusQuery,
  useReadOutboxQuery,
  useSyncNowMutation,
  useDismissRefusedMutation,
} = contractApi;
