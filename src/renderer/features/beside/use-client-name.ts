import type { Id } from '#shared/domain/ids.ts';
import { clientsApi } from '#renderer/store/calls/clients-api.ts';
import { useAppSelector } from '#renderer/store/store.ts';
import { clientFacts } from '../plan-model/index.ts';

/** The name of a client who is open already; empty for anybody else. Asks the core for nothing. */
export const useClientName = (caseId: Id | null): string =>
  useAppSelector((state) => {
    if (caseId === null) return '';
    const { data } = clientsApi.endpoints.openClient.select({ caseId, from: 'list' })(state);
    return data === undefined ? '' : clientFacts(data).name;
  });
