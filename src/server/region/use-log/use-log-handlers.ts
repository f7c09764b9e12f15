import type { useLogCalls } from '#shared/protocol/online/use-log.ts';
import type { HandlersOf } from '../online/online-handlers.ts';

export const useLogHandlers: HandlersOf<keyof typeof useLogCalls> = {} as HandlersOf<
  keyof typeof useLogCalls
>;
