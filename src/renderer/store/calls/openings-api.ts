import type { CallInput, CallOutput } from '#shared/contract/calls.ts';
import { asked, asking, contractApi } from '../contract-api.ts';

/** Finding a client whom one does not have, and opening on a ground. */
export const openingsApi = contractApi.injectEndpoints({
  endpoints: (build) => ({
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
  }),
});

export const {
  useReadOpeningsQuery,
  useFindClientMutation,
  useOpenOnGroundMutation,
  useConfirmProtectedMutation,
  useReadProtectedPartsQuery,
  useEndOpeningMutation,
  useFindHereMutation,
  useOpenHereMutation,
  useEndOpeningHereMutation,
} = openingsApi;
