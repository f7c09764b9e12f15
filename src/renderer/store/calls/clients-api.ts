import type { CallInput, CallOutput } from '#shared/contract/calls.ts';
import type { CivilDate } from '#shared/domain/civil-date.ts';
import { asked, asking, request, contractApi } from '../contract-api.ts';

/** Clients, their plans as they are read, the work list and the directory. */
export const clientsApi = contractApi.injectEndpoints({
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
    // By the day: what is due tomorrow is another answer tomorrow.
    readWork: build.query<CallOutput<'work.list'>, CivilDate>({
      query: () => request('work.list', {}),
      providesTags: ['work'],
    }),
    countWork: build.query<CallOutput<'work.count'>, CivilDate>({
      query: () => request('work.count', {}),
      providesTags: ['work'],
    }),
    readDirectory: build.query<CallOutput<'directory.read'>, void>({
      query: asking('directory.read'),
      providesTags: ['directory'],
      keepUnusedDataFor: 3_600,
    }),
    revealContact: build.mutation<
      CallOutput<'clients.revealContact'>,
      CallInput<'clients.revealContact'>
    >({
      query: asked('clients.revealContact'),
    }),
  }),
});

export const {
  useSearchClientsQuery,
  useClientsAtHandQuery,
  usePinClientMutation,
  useOpenClientQuery,
  useCreateClientMutation,
  useMarkSeenMutation,
  useSearchTextsQuery,
  useReadWorkQuery,
  useCountWorkQuery,
  useReadDirectoryQuery,
  useRevealContactMutation,
} = clientsApi;
