import type { CallInput, CallOutput } from '#shared/contract/calls.ts';
import { asked, asking, contractApi } from '../contract-api.ts';

/** People, units, relations and devices. */
export const administrationApi = contractApi.injectEndpoints({
  endpoints: (build) => ({
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
  }),
});

export const {
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
} = administrationApi;
