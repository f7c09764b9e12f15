import type { administrationCalls } from '#shared/protocol/online/administration.ts';
import type { HandlersOf } from '../online/online-handlers.ts';

export const administrationHandlers: HandlersOf<keyof typeof administrationCalls> =
  {} as HandlersOf<keyof typeof administrationCalls>;
