import type { absenceCalls } from '#shared/protocol/online/absences.ts';
import type { HandlersOf } from '../online/online-handlers.ts';

export const absenceHandlers: HandlersOf<keyof typeof absenceCalls> = {} as HandlersOf<
  keyof typeof absenceCalls
>;
