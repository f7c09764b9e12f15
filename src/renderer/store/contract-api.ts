import { createApi, type BaseQueryFn } from '@reduxjs/toolkit/query/react';
import type { CallInput, CallName, Problem } from '#shared/contract/calls.ts';
import type { ContractClient } from '#shared/contract/transport.ts';
import { connectionChanged } from './session.ts';

/** What the store's thunks reach besides the state: the window's end of the contract. */
export type StoreExtra = { readonly client: ContractClient };

type Request = {
  readonly [N in CallName]: { readonly name: N; readonly input: CallInput<N> };
}[CallName];

/** One call of the contract. A problem is a value, also when the core is gone. */
const contractBaseQuery: BaseQueryFn<Request, unknown, Problem> = async ({ name, input }, api) => {
  const { client } = api.extra as StoreExtra;
  const result = await client.call(name, input);
  api.dispatch(connectionChanged(result.ok || result.error.code !== 'connection-lost'));
  return result.ok ? { data: result.value } : { error: result.error };
};

/** A call as the base query takes it. */
export const request = <N extends CallName>(name: N, input: CallInput<N>): Request =>
  ({ name, input }) as Request;

/** A query or command whose argument is the call’s own input. */
export const asked =
  <N extends CallName>(name: N) =>
  (input: CallInput<N>): Request =>
    request(name, input);

/** One without input. */
export const asking =
  <N extends CallName>(name: N) =>
  (): Request =>
    request(name, {} as CallInput<N>);

/**
 * The contract's calls as queries and commands, by topic in `calls/`. Commands name no tags of their own: what changed is told
 * by the core's events (`news.ts`), the same way whether it was done here or came from the region.
 */
export const contractApi = createApi({
  reducerPath: 'contract',
  baseQuery: contractBaseQuery,
  tagTypes: [
    'client',
    'client-list',
    'directory',
    'sync',
    'outbox',
    'openings',
    'protected-parts',
    'reviews',
    'absences',
    'emergencies',
    'administration',
    'work',
  ],
  // A client's whole plan is plain text: not kept for long after its page is closed.
  keepUnusedDataFor: 30,
  endpoints: () => ({}),
});
