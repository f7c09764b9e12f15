import { answerFrame } from './border.ts';
import { maxFrameBytes } from './frame-limits.ts';
import { frameOf } from './frame-text.ts';
import type { ContractHost, ReplyFrame } from './transport.ts';

/** One window's line to the core, as its host sees it. */
export type ServedWindow = {
  /** Takes whatever came from the window; what is no frame is dropped. */
  readonly receive: (frame: unknown) => void;
  /** Nothing is sent any more; calls that run go on to their end. */
  readonly close: () => void;
};

/**
 * Serves one window: answers its frames and passes the core's events on. Every host uses this, so that
 * there is one border to check.
 *
 * @param send puts a frame on the line; not called after `close`
 * @param onUnexpected learns of an error inside the core that the window hears of only as `unexpected`
 */
export const serveWindow = (
  host: ContractHost,
  send: (frame: ReplyFrame) => void,
  onUnexpected: (callName: string, error: unknown) => void,
): ServedWindow => {
  let open = true;
  const endEvents = host.onEvent((frame) => {
    if (open) send(frame);
  });
  const answer = async (frame: unknown): Promise<void> => {
    const reply = await answerFrame(host.handlers, frame, onUnexpected);
    if (reply !== null && open) send(reply);
  };
  return {
    receive: (frame) => {
      if (open) void answer(frame);
    },
    close: () => {
      open = false;
      endEvents();
    },
  };
};

/** The same over a line that carries JSON text. Text too long to be a frame is dropped unread. */
export const serveTextWindow = (
  host: ContractHost,
  send: (text: string) => void,
  onUnexpected: (callName: string, error: unknown) => void,
): ServedWindow => {
  const served = serveWindow(host, (frame) => send(JSON.stringify(frame)), onUnexpected);
  return {
    receive: (text) => {
      if (typeof text === 'string' && text.length <= maxFrameBytes) served.receive(frameOf(text));
    },
    close: served.close,
  };
};
