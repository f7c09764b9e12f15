import type { reviewCalls } from '#shared/protocol/online/reviews.ts';
import type { HandlersOf } from '../online/online-handlers.ts';

export const reviewHandlers: HandlersOf<keyof typeof reviewCalls> = {} as HandlersOf<
  keyof typeof reviewCalls
>;
