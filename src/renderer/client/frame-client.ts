import { calls, type CallName, type CallOutput, type Problem } from '#shared/contract/calls.ts';
import { events, isEventName, type EventName } from '#shared/contract/events.ts';
import { whyNotCarried } from '#shared/contract/frame-limits.ts';
import { replyFrame, type ContractClient, type RequestFrame } from '#shared/contract/transport.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';

/** What carries frames to the core. */
export type Line = {
  /** Returns false when the line is down: the call answers `connection-lost` at once. */
  readonly send: (frame: RequestFrame) => boolean;
  readonly close: () => void;
};

/** What a line tells the client. */
export type LineEnd = {
  /** Something came: a reply or an event. What fits no schema is not passed on. */
  readonly receive: (frame: unknown) => void;
  /** The line broke: nobody will answer the calls that wait. */
  readonly lost: () => void;
  /** The line stands again after it broke. */
  readonly restored: () => void;
};

type Waiting = (outcome: Result<unknown, Problem>) => void;

/**
 * The window's end of the contract over any line: numbers the calls, matches the answers, checks what
 * comes against the schemas and hands events to subscribers in the order of their arrival.
 */
export const frameClient = (openLine: (end: LineEnd) => Line): ContractClient => {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<EventName, Set<(body: never) => void>>();
  const onReconnect = new Set<() => void>();
  let lastId = 0;
  let closed = false;

  const settle = (id: number, outcome: Result<unknown, Problem>): void => {
    const answer = waiting.get(id);
    waiting.delete(id);
    answer?.(outcome);
  };

  const failAll = (): void => {
    const answers = [...waiting.values()];
    waiting.clear();
    for (const answer of answers) answer(err({ code: 'connection-lost' }));
  };

  const receive = (raw: unknown): void => {
    if (closed) return;
    const frame = replyFrame.safeParse(raw);
    if (!frame.success) return;
    const reply = frame.data;
    switch (reply.type) {
      case 'result':
        return settle(reply.id, ok(reply.value));
      case 'problem':
        return settle(reply.id, err(reply.problem));
      case 'event':
        return deliver(reply.name, reply.body);
    }
  };

  const deliver = (name: string, rawBody: unknown): void => {
    if (!isEventName(name)) return;
    const subscribers = listeners.get(name);
    if (!subscribers || subscribers.size === 0) return;
    const body = events[name].safeParse(rawBody);
    if (!body.success) return;
    // A copy: a listener may end its own or another's subscription while it is told.
    const told = [...subscribers];
    for (const listener of told) {
      if (subscribers.has(listener)) tell(() => listener(body.data as never));
    }
  };

  const line = openLine({
    receive,
    lost: failAll,
    restored: () => {
      if (closed) return;
      const told = [...onReconnect];
      for (const listener of told) tell(listener);
    },
  });

  return {
    call: async (name, input) => {
      if (closed) return err({ code: 'connection-lost' });
      // The core would refuse it too; a socket would break before it could say why.
      const notCarried = whyNotCarried(input);
      if (notCarried !== null) return err({ code: notCarried });
      lastId += 1;
      const id = lastId;
      const outcome = await new Promise<Result<unknown, Problem>>((resolve) => {
        waiting.set(id, resolve);
        if (!line.send({ type: 'call', id, name, input })) {
          settle(id, err({ code: 'connection-lost' }));
        }
      });
      return checked(name, outcome);
    },
    subscribe: (name, listener) => {
      const subscribers = listeners.get(name) ?? new Set();
      listeners.set(name, subscribers);
      // Wrapped, so that the same function subscribed twice is told twice and ended one by one.
      const own = (body: never): void => listener(body);
      subscribers.add(own);
      return () => void subscribers.delete(own);
    },
    onReconnect: (listener) => {
      const own = (): void => listener();
      onReconnect.add(own);
      return () => void onReconnect.delete(own);
    },
    close: () => {
      if (closed) return;
      closed = true;
      line.close();
      failAll();
      listeners.clear();
      onReconnect.clear();
    },
  };
};

/** One listener's mistake must not keep the event from the others, nor vanish: the window hears of it. */
const tell = (listener: () => void): void => {
  try {
    listener();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
};

const checked = <N extends CallName>(
  name: N,
  outcome: Result<unknown, Problem>,
): Result<CallOutput<N>, Problem> => {
  if (!outcome.ok) return outcome;
  // A name outside the map cannot be written in our code, only smuggled: the core refuses it first.
  const output = calls[name].output.safeParse(outcome.value);
  return output.success ? ok(output.data as CallOutput<N>) : err({ code: 'unexpected' });
};
