import { useEffect, useState } from 'react';
import type { CallOutput } from '#shared/contract/calls.ts';
import { askAboutProvider } from '#renderer/store/provider-actions.ts';
import { useAppDispatch } from '#renderer/store/store.ts';

/** How one may sign in to the region. `unknown`: it could not be asked, and an account is all there is to try. */
export type Ways = 'asking' | 'unknown' | CallOutput<'session.ways'>;

/** A network that swallows everything must not keep the form from somebody who needs it. */
const patienceMs = 2_000;

export const useWays = (): Ways => {
  const dispatch = useAppDispatch();
  const [ways, setWays] = useState<Ways>('asking');

  useEffect(() => {
    let gone = false;
    const timer = setTimeout(() => {
      setWays((known) => (known === 'asking' ? 'unknown' : known));
    }, patienceMs);
    const ask = async (): Promise<void> => {
      const answer = await dispatch(askAboutProvider('session.ways', {}));
      if (gone) return;
      clearTimeout(timer);
      setWays(answer.ok ? answer.value : 'unknown');
    };
    void ask();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [dispatch]);

  return ways;
};
