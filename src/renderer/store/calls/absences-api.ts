import type { CallInput, CallOutput } from '#shared/contract/calls.ts';
import { asked, asking, contractApi } from '../contract-api.ts';

/** Who is away, and who stands in. */
export const absencesApi = contractApi.injectEndpoints({
  endpoints: (build) => ({
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
  }),
});

export const {
  useReadAbsencesQuery,
  useSaveAbsenceMutation,
  useEndAbsenceMutation,
  useReadUncoveredQuery,
} = absencesApi;
