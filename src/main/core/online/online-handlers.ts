import type { CallArguments, CallOutput, Problem } from '#shared/contract/calls.ts';
import type { CallHandlers } from '#shared/contract/transport.ts';
import { onlineCallNames, type OnlineCallName } from '#shared/contract/online-calls.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { withReading } from '#main/db/handles.ts';
import { readState } from '#main/db/queries/sync-state.ts';
import type { Desk } from '../desk.ts';
import { storageProblem } from '../problems.ts';
import type { RegionClient } from '../syncing/region-client.ts';
import { regionProblem } from './region-problem.ts';

type OnlineParts = {
  /** The open desk, with the region by its session. */
  readonly current: () => { readonly desk: Desk; readonly region: RegionClient } | null;
  /** What was asked may have altered what this device is to hold. */
  readonly syncNow: () => void;
};

/** Questions that alter nothing; everything else may change rights, so sync goes at once after it. */
const asksOnly = (name: OnlineCallName): boolean =>
  name.startsWith('log.') ||
  name.startsWith('statistics.') ||
  /\.(?:list|find|uncovered|protectedParts)$/u.test(name);

type OnlineHandler<N extends OnlineCallName> = (
  input: CallArguments<N>,
) => Promise<Result<CallOutput<N>, Problem>>;

/**
 * What only the region can answer goes through to it under the desk's session. Nothing of it is kept here:
 * without a network the answer is `region-offline`.
 */
export const onlineHandlers = (parts: OnlineParts): Pick<CallHandlers, OnlineCallName> => {
  const handler =
    <N extends OnlineCallName>(name: N): OnlineHandler<N> =>
    async (input) => {
      const open = parts.current();
      if (!open) return err({ code: 'locked' });
      const token = withReading(open.desk.db, (db) => readState(db, 'sessionToken'));
      if (!token.ok) return err(storageProblem(token.error));
      // Without a session the region refuses, and the session is begun anew where that is possible.
      const answer = await open.region.ask(token.value ?? '', name, input);
      // Whoever asked may have locked the desk meanwhile: the answer is not for who comes next.
      if (parts.current()?.desk !== open.desk) return err({ code: 'locked' });
      if (!answer.ok) return err(regionProblem(answer.error));
      if (!asksOnly(name)) parts.syncNow();
      return ok(answer.value as CallOutput<N>);
    };
  return Object.fromEntries(onlineCallNames.map((name) => [name, handler(name)])) as Pick<
    CallHandlers,
    OnlineCallName
  >;
};
