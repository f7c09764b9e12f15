import { z } from 'zod';
import type { Result } from '#shared/lib/result.ts';
import {
  problemSchema,
  type CallArguments,
  type CallInput,
  type CallName,
  type CallOutput,
  type Problem,
} from './calls.ts';
import type { EventBody, EventName } from './events.ts';

/** The window's end of the contract, whatever carries it. A call never throws: a lost core is a problem value. */
export type ContractClient = {
  readonly call: <N extends CallName>(
    name: N,
    input: CallInput<N>,
  ) => Promise<Result<CallOutput<N>, Problem>>;
  /** Returns what ends the subscription. */
  readonly subscribe: <N extends EventName>(
    name: N,
    listener: (body: EventBody<N>) => void,
  ) => () => void;
  /**
   * Tells that the core answers again after it was away. Events of the time between are lost, so
   * whoever keeps what it was told reads it anew. Returns what ends the subscription.
   */
  readonly onReconnect: (listener: () => void) => () => void;
  /** Calls that wait, and all later ones, answer `connection-lost`. */
  readonly close: () => void;
};

/** What the core implements for each call. */
export type CallHandlers = {
  readonly [N in CallName]: (input: CallArguments<N>) => Promise<Result<CallOutput<N>, Problem>>;
};

/** The core's end of the contract, as every host serves it to its windows. */
export type ContractHost = {
  readonly handlers: CallHandlers;
  /** Event frames, checked by `eventFrame`. Returns what ends the subscription. */
  readonly onEvent: (listener: (frame: ReplyFrame) => void) => () => void;
};

/** The frames that every transport carries, as JSON or structured clones. */
export const requestFrame = z.strictObject({
  type: z.literal('call'),
  id: z.int().min(0),
  name: z.string().max(60),
  /** JSON leaves `undefined` out; such a call has a wrong input, and is answered so. */
  input: z.unknown().optional(),
});
export type RequestFrame = z.infer<typeof requestFrame>;

export const replyFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('result'), id: z.int(), value: z.unknown() }),
  z.object({ type: z.literal('problem'), id: z.int(), problem: problemSchema }),
  z.object({ type: z.literal('event'), name: z.string(), body: z.unknown() }),
]);
export type ReplyFrame = z.infer<typeof replyFrame>;
