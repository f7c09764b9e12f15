import { onlineCalls as wireCalls } from '#shared/protocol/online/online-calls.ts';

const { 'history.group': _group, 'history.client': _client, ...passedOn } = wireCalls;

/**
 * What only the region can answer goes through the core unchanged, so the wire's map is the contract's. Not
 * history: the core answers from what lies here where it can, and covers what is covered
 * (`history-calls.ts`).
 */
export const onlineCalls = passedOn;
export type OnlineCallName = keyof typeof passedOn;
export const onlineCallNames = Object.keys(passedOn) as readonly OnlineCallName[];
