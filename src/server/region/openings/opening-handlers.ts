import type { openingCalls } from '#shared/protocol/online/openings.ts';
import type { HandlersOf } from '../online/online-handlers.ts';

export const openingHandlers: HandlersOf<keyof typeof openingCalls> = {} as HandlersOf<
  keyof typeof openingCalls
>;
