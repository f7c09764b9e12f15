import { err, ok, type Result } from '#shared/lib/result.ts';
import { calls, isCallName, type CallName, type CallOutput, type Problem } from './calls.ts';
import { events, type EventBody, type EventName } from './events.ts';
import { whyNotCarried } from './frame-limits.ts';
import { requestFrame, type CallHandlers, type ReplyFrame } from './transport.ts';

/**
 * Answers one frame from a window: checks the frame, the name and the input, runs the handler and checks
 * what it gives back. Whatever arrives, the answer is a frame; nothing of an unexpected error leaks.
 * Returns null for a frame without a usable id: there is nobody to answer. Never rejects.
 */
export const answerFrame = async (
  handlers: CallHandlers,
  frame: unknown,
  onUnexpected: (name: string, error: unknown) => void,
): Promise<ReplyFrame | null> => {
  const request = requestFrame.safeParse(frame);
  if (!request.success) return null;
  const { id, name, input } = request.data;
  // Before any schema: a recursive schema has no answer to a frame nested a million deep.
  const notCarried = whyNotCarried(input);
  if (notCarried !== null) return { type: 'problem', id, problem: { code: notCarried } };
  if (!isCallName(name)) return { type: 'problem', id, problem: { code: 'unknown-call' } };
  const result = await runCall(handlers, name, input, onUnexpected);
  return result.ok
    ? { type: 'result', id, value: result.value }
    : { type: 'problem', id, problem: result.error };
};

const runCall = async <N extends CallName>(
  handlers: CallHandlers,
  name: N,
  rawInput: unknown,
  onUnexpected: (name: string, error: unknown) => void,
): Promise<Result<CallOutput<N>, Problem>> => {
  const input = calls[name].input.safeParse(rawInput);
  if (!input.success) return err(inputProblem(input.error.issues));
  try {
    const result = await handlers[name](input.data as Parameters<CallHandlers[N]>[0]);
    if (!result.ok) return result;
    return ok(calls[name].output.parse(result.value) as CallOutput<N>);
  } catch (error) {
    onUnexpected(name, error);
    return err({ code: 'unexpected' });
  }
};

type Issue = {
  readonly code: string;
  readonly message: string;
  readonly path: readonly PropertyKey[];
};

/** The first thing wrong: our own codes travel as the message of a custom issue. */
const inputProblem = (issues: readonly Issue[]): Problem => {
  const issue = issues[0];
  const path = issue?.path.map(String).join('.') ?? '';
  const own = issue && /^[a-z][a-z-]+$/u.test(issue.message) ? issue.message : 'bad-input';
  return path ? { code: own, path } : { code: own };
};

/** An event as a frame, checked before it leaves. */
export const eventFrame = <N extends EventName>(name: N, body: EventBody<N>): ReplyFrame => ({
  type: 'event',
  name,
  body: events[name].parse(body),
});
