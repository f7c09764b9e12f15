import { eventFrame } from '#shared/contract/border.ts';
import type { Problem } from '#shared/contract/calls.ts';
import type { EventBody, EventName } from '#shared/contract/events.ts';
import type { ReplyFrame } from '#shared/contract/transport.ts';
import type { Id } from '#shared/domain/ids.ts';
import { err, type Result } from '#shared/lib/result.ts';
import type { Desk } from './desk.ts';
import { storageProblem } from './problems.ts';
import { closeByClock } from './rights/close-by-clock.ts';
import { mayRead } from './rights/offline-lease.ts';

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
  /** Something waits for the region, a change or its word for us: status and sync follow. */
  readonly turnToRegion: () => void;
};

/** How calls reach the open desk: by the clock's rights where they read or write what rights open. */
export type DeskCalls = {
  /** For what asks for no right and names no client: keeping unfinished words, the directory, how sync stands. */
  readonly atDesk: <I, T>(
    work: (desk: Desk, input: I) => Answer<T>,
  ) => (input: I) => Promise<Answer<T>>;
  /**
   * For what shows something of clients: what the clock has ended is closed first, and nothing is shown
   * when the region's word is too old (`lease-over`).
   */
  readonly reading: <I, T>(
    work: (desk: Desk, input: I) => Answer<T>,
  ) => (input: I) => Promise<Answer<T>>;
  /**
   * For what writes, which an old word of the region does not hinder: an open edit is always kept. Sync
   * goes at once, and the other windows hear of it.
   */
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

  const byRights: DeskCalls['atDesk'] = (work) =>
    atDesk((desk, input) => {
      const closed = closeEnded(desk);
      return closed.ok ? work(desk, input) : closed;
    });

  const reading: DeskCalls['reading'] = (work) =>
    byRights((desk, input) => {
      const allowed = mayRead(desk);
      if (!allowed.ok) return err(storageProblem(allowed.error));
      if (allowed.value) return work(desk, input);
      parts.turnToRegion();
      return err({ code: 'lease-over' });
    });

  const writing: DeskCalls['writing'] = (work, caseIdsOf) =>
    byRights((desk, input) => {
      const done = work(desk, input);
      if (done.ok) {
        announce('clients.changed', { caseIds: [...caseIdsOf(input, done.value)] });
        parts.turnToRegion();
      }
      return done;
    });

  return { atDesk, reading, writing, closeEnded };
};
