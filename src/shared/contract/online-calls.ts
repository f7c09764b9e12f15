import { onlineCalls } from '#shared/protocol/online/online-calls.ts';

/** What only the region can answer goes through the core unchanged, so the wire's map is the contract's. */
export { onlineCalls };
export { onlineCallNames, type OnlineCallName } from '#shared/protocol/online/online-calls.ts';
