import type { reviewCalls } from '#shared/protocol/online/reviews.ts';
import type { HandlersOf } from '../online/online-handlers.ts';
import { decideReview } from './decide-review.ts';
import { listReviews } from './list-reviews.ts';

export const reviewHandlers: HandlersOf<keyof typeof reviewCalls> = {
  'reviews.list': listReviews,
  'reviews.decide': decideReview,
};
