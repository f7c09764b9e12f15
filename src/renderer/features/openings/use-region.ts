import { useSyncStatusQuery } from '#renderer/store/calls/sync-api.ts';

/** Whether the region may be asked: false once it is known to be away. */
export const useRegionAnswers = (): boolean => {
  const state = useSyncStatusQuery().data?.state;
  return state !== 'offline' && state !== 'signed-out';
};
