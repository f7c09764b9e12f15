import { useEffect } from 'react';
import type { Id } from '#shared/domain/ids.ts';
import { presence } from '#shared/protocol/live.ts';
import { sayHere } from '#renderer/store/present.ts';
import { useAppDispatch, useAppSelector } from '#renderer/store/store.ts';
import { writtenPart } from './written-part.ts';

/** Tells the others that this window has the plan open, and what is written in it, for as long as it is so. */
export const useSayHere = (caseId: Id): void => {
  const dispatch = useAppDispatch();
  const recordId = useAppSelector(({ editing }) => writtenPart(editing, caseId)?.recordId ?? null);
  const group = useAppSelector(({ editing }) => writtenPart(editing, caseId)?.group ?? null);

  useEffect(() => {
    const part = recordId === null || group === null ? null : { recordId, group };
    const say = (): void => void dispatch(sayHere({ caseId, open: true, part }));
    say();
    const again = setInterval(say, presence.sayEveryMs);
    return () => clearInterval(again);
  }, [dispatch, caseId, recordId, group]);

  useEffect(() => {
    const leave = (): void => void dispatch(sayHere({ caseId, open: false, part: null }));
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [dispatch, caseId]);
};
