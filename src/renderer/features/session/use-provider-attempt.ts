import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '#shared/contract/calls.ts';
import type { Id } from '#shared/domain/ids.ts';
import type { Language } from '#shared/domain/codes.ts';
import { askAboutProvider } from '#renderer/store/provider-actions.ts';
import { useAppDispatch } from '#renderer/store/store.ts';

/** Where a sign-in by the region's identity provider stands. */
export type AttemptStep =
  | { readonly step: 'none'; readonly problem: Problem | null }
  | { readonly step: 'beginning' }
  | {
      readonly step: 'waiting';
      readonly attemptId: Id;
      readonly url: string;
      /** The system's browser shows the page; else this window opens it. */
      readonly opened: boolean;
    }
  | {
      readonly step: 'ready';
      readonly attemptId: Id;
      readonly name: string;
      readonly needsSecret: 'new' | 'existing';
    };

export type ProviderAttempt = {
  readonly at: AttemptStep;
  readonly begin: (language: Language) => Promise<void>;
  readonly cancel: () => void;
};

const lookEveryMs = 700;
const none = (problem: Problem | null): AttemptStep => ({ step: 'none', problem });

export const useProviderAttempt = (): ProviderAttempt => {
  const dispatch = useAppDispatch();
  const [at, setAt] = useState<AttemptStep>(none(null));
  const waitingFor = at.step === 'waiting' ? at.attemptId : null;

  useEffect(() => {
    if (waitingFor === null) return undefined;
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      const attempt = { attemptId: waitingFor };
      const answer = await dispatch(askAboutProvider('session.providerState', attempt));
      if (gone) return;
      if (!answer.ok) setAt(none(answer.error));
      else if (answer.value.state === 'failed') setAt(none(answer.value.problem));
      else if (answer.value.state === 'ready') {
        const { name, needsSecret } = answer.value;
        setAt({ step: 'ready', attemptId: waitingFor, name, needsSecret });
      } else timer = setTimeout(() => void look(), lookEveryMs);
    };
    void look();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [dispatch, waitingFor]);

  const begin = useCallback(
    async (language: Language): Promise<void> => {
      setAt({ step: 'beginning' });
      const begun = await dispatch(askAboutProvider('session.beginProvider', { language }));
      if (!begun.ok) {
        setAt(none(begun.error));
        return;
      }
      setAt({ step: 'waiting', ...begun.value });
      // A browser may hold this back, since it was asked for a moment ago: the link stays in sight.
      if (!begun.value.opened) window.open(begun.value.url, '_blank', 'noopener,noreferrer');
    },
    [dispatch],
  );

  const cancel = useCallback((): void => {
    if ('attemptId' in at) {
      void dispatch(askAboutProvider('session.cancelProvider', { attemptId: at.attemptId }));
    }
    setAt(none(null));
  }, [dispatch, at]);

  return { at, begin, cancel };
};
