import type { Id } from '#shared/domain/ids.ts';
import { presence, type HereMessage, type LiveSaying } from '#shared/protocol/live.ts';

export type WhoIsHere = {
  readonly say: (saying: LiveSaying) => void;
  /** The line is there: what is still open is said over it. */
  readonly begun: (say: (saying: LiveSaying) => void) => void;
  readonly heard: (message: HereMessage) => void;
  /** The line is gone, and with it what it told. */
  readonly lost: () => void;
  /** Takes away what has not been told again in time. By itself every few seconds. */
  readonly sweep: () => void;
  readonly end: () => void;
};

type Parts = {
  readonly tell: (message: HereMessage) => void;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
};

const sweepEveryMs = 5_000;

/** The device's side of who is here: what it has open, and what it was told, each for its time (SPEC W6). */
export const whoIsHere = ({ tell, now }: Parts): WhoIsHere => {
  const open = new Map<Id, { readonly saying: LiveSaying; readonly untilMs: number }>();
  /** Until when what was told of a plan is shown. */
  const shown = new Map<Id, number>();
  let line: ((saying: LiveSaying) => void) | null = null;

  const takeAway = (caseId: Id): void => {
    if (shown.delete(caseId)) tell({ type: 'here', caseId, people: [] });
  };

  const sweep = (): void => {
    const nowMs = now();
    for (const [caseId, { untilMs }] of open) if (untilMs <= nowMs) open.delete(caseId);
    for (const [caseId, untilMs] of shown) if (untilMs <= nowMs) takeAway(caseId);
  };
  const sweeping = setInterval(sweep, sweepEveryMs);
  sweeping.unref();

  return {
    say: (saying) => {
      if (saying.open) {
        open.set(saying.caseId, { saying, untilMs: now() + presence.livesMs });
      } else {
        open.delete(saying.caseId);
        takeAway(saying.caseId);
      }
      line?.(saying);
    },
    begun: (say) => {
      line = say;
      sweep();
      for (const { saying } of open.values()) say(saying);
    },
    heard: (message) => {
      if (!open.has(message.caseId)) return;
      shown.set(message.caseId, now() + presence.livesMs);
      tell(message);
    },
    lost: () => {
      line = null;
      for (const caseId of shown.keys()) takeAway(caseId);
    },
    sweep,
    end: () => {
      clearInterval(sweeping);
      line = null;
    },
  };
};
