import type { historyCalls } from '#shared/protocol/online/history.ts';
import type { HandlersOf } from '../online/online-handlers.ts';
import { caseload } from './caseload.ts';
import { clientHistory } from './client-history.ts';
import { groupHistory } from './group-history.ts';

export const historyHandlers: HandlersOf<keyof typeof historyCalls> = {
  'history.group': groupHistory,
  'history.client': clientHistory,
  'statistics.caseload': caseload,
};
