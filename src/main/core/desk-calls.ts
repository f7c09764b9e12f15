import { eventFrame } from '#shared/contract/border.ts';
import type { Problem } from '#shared/contract/calls.ts';
import type { EventBody, EventName } from '#shared/contract/events.ts';
import type { ReplyFrame } from '#shared/contract/transport.ts';
import type { Id } from '#shared/domain/ids.ts';
import { err, type Result } from '#shared/lib/result.ts';
import type { Desk } from './desk.ts';
import { storageProblem } from './problems.ts';
import { closeByClock } from './rights/close-by-clock.ts';

export type Answer<T> = Result<T, Problem>;

/** Tells every window. */
export type Announce = <N extends EventName>(name: N, body: EventBody<N>) => void;

export const announcer = () => {
  const listeners = new Set<(frame: ReplyFrame) => void>();
  const announce: Announce = (name, body) => {
    const frame = eventFrame(name, body);
    for (const listener of listeners) listener(frame);
  };
  return {
    announce,
    onEvent: (listener: (frame: ReplyFrame) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

type DeskCallParts = {
  readonly desk: () => Desk | null;
  readonly announce: Announce;
  /** Something of these clients was written: status and sync follow. */
  readonly onWritten: () => void;
};

/** How calls reach the open desk: by the clock's rights where they read or write what rights open. */
export type DeskCalls = {
  /** For what asks for no right: own unfinished words, the directory, how sync stands. */
  readonly atDesk: <I, T>(
    work: (desk: Desk, input: I) => Answer<T>,
  ) => (input: I) => Promise<Answer<T>>;
  /** For what shows something of clients: what the clock has ended is closed first. */
  readonly reading: <I, T>(
    work: (desk: Desk, input: I) => Answer<T>,
  ) => (input: I) => Promise<Answer<T>>;
  /** As `reading`, for what writes: sync goes at once, and the other windows hear of it. */
  readonly writing: <I, T>(
    work: (desk: Desk, input: I) => Answer<T>,
    caseIdsOf: (input: I, value: T) => readonly Id[],
  ) => (input: I) => Promise<Answer<T>>;
  /** Closes what the clock has ended, and tells the windows of it. */
  readonly closeEnded: (desk: Desk) => Answer<void>;
};

export const deskCalls = (parts: DeskCallParts): DeskCalls => {
  const { announce } = parts;

  const closeEnded: DeskCalls['closeEnded'] = (desk) => {
    const closed = closeByClock(desk);
    if (!closed.ok) return err(storageProblem(closed.error));
    if (closed.value.length > 0) announce('clients.changed', { caseIds: [...closed.value] });
    return { ok: true, value: undefined };
  };

  const atDesk: DeskCalls['atDesk'] = (work) => (input) => {
    const desk = parts.desk();
    return Promise.resolve(desk ? work(desk, input) : err({ code: 'locked' }));
  };

  const reading: DeskCalls['reading'] = (work) =>
    atDesk((desk, input) => {
      const closed = closeEnded(desk);
      return closed.ok ? work(desk, input) : closed;
    });

  const writing: DeskCalls['writing'] = (work, caseIdsOf) =>
    reading((desk, input) => {
      const done = work(desk, input);
      if (done.ok) {
        announce('clients.changed', { caseIds: [...caseIdsOf(input, done.value)] });
        parts.onWritten();
      }
      return done;
    });

  return { atDesk, reading, writing, closeEnded };
};
