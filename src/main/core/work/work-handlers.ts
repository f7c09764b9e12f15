import type { CallHandlers } from '#shared/contract/transport.ts';
import type { DeskCalls } from '../desk-calls.ts';
import { countWork, listWork } from './list-work.ts';

/** What waits for whoever is at the desk. */
export const workHandlers = ({
  reading,
}: DeskCalls): Pick<CallHandlers, 'work.list' | 'work.count'> => ({
  'work.list': reading(listWork),
  'work.count': reading(countWork),
});
