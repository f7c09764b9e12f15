/** Where the loopback host answers the upgrade to a WebSocket. */
export const contractPath = '/contract';

/** The subprotocol that both ends speak; the token travels as a second one that is never chosen. */
export const contractProtocol = 'punos.contract.1';
export const tokenProtocolPrefix = 'punos.token.';

/** The host closes so when the token is not its own: trying again would not help. */
export const tokenRefused = 4401;

/** The name under which the printed address carries the token: `#token=…`, which HTTP never sends. */
export const tokenField = 'token';
