import type { historyCalls } from '#shared/protocol/online/history.ts';
import type { HandlersOf } from '../online/online-handlers.ts';

export const historyHandlers: HandlersOf<keyof typeof historyCalls> = {} as HandlersOf<
  keyof typeof historyCalls
>;
