import { useEffect } from 'react';
import type { ClientView } from '#shared/contract/views.ts';
import type { Id } from '#shared/domain/ids.ts';
import { useOpenClientQuery } from '#renderer/store/calls/clients-api.ts';
import { problemOf } from '#renderer/store/problem.ts';
import type { FoundBy } from '#renderer/store/route.ts';
import { endOf, hasLeft, nextEnd } from './standing.ts';
import { useHasPassed } from './use-has-passed.ts';

/** Whether a client stands open, and if not, why. */
export type Door =
  | { readonly state: 'opening' }
  | { readonly state: 'open'; readonly view: ClientView }
  /** A time that was set from the beginning ran out, or somebody ended the right. */
  | { readonly state: 'ended'; readonly why: 'clock' | 'taken' }
  | { readonly state: 'failed'; readonly error: unknown; readonly again: () => void };

/**
 * The one door to a client: opening is asked of the core, which logs the look before it answers, and the
 * door closes by the clock and by the core's word.
 *
 * @param isWriting what somebody is in the middle of writing stays in sight until it is kept
 */
export const useDoor = (caseId: Id, from: FoundBy, isWriting: boolean): Door => {
  const { data: view, error, refetch } = useOpenClientQuery({ caseId, from });
  const isOver = useHasPassed(view ? endOf(view) : null);
  const isNarrower = useHasPassed(view ? nextEnd(view) : null);
  useEffect(() => {
    if (isOver || isNarrower) void refetch();
  }, [isOver, isNarrower, refetch]);

  if (isOver) return { state: 'ended', why: 'clock' };
  if (error !== undefined) {
    const { code } = problemOf(error);
    if (view !== undefined && hasLeft(code)) return { state: 'ended', why: 'taken' };
    const staysOpen = code === 'connection-lost' || (code === 'lease-over' && isWriting);
    if (view === undefined || !staysOpen)
      return { state: 'failed', error, again: () => void refetch() };
  }
  return view ? { state: 'open', view } : { state: 'opening' };
};
