import type { CallInput, CallOutput } from '#shared/contract/calls.ts';
import { asked, asking, contractApi } from '../contract-api.ts';

/** What was taken in for somebody to decide. */
export const reviewsApi = contractApi.injectEndpoints({
  endpoints: (build) => ({
    readReviews: build.query<CallOutput<'reviews.list'>, void>({
      query: asking('reviews.list'),
      providesTags: ['reviews'],
    }),
    decideReview: build.mutation<CallOutput<'reviews.decide'>, CallInput<'reviews.decide'>>({
      query: asked('reviews.decide'),
      // What could not be decided stays in sight with its reason.
      invalidatesTags: (_result, problem) => (problem === undefined ? ['reviews'] : []),
    }),
  }),
});

export const { useReadReviewsQuery, useDecideReviewMutation } = reviewsApi;
