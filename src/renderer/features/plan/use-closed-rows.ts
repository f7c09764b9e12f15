import { useCallback, useState } from 'react';
import type { Id } from '#shared/domain/ids.ts';

const none: ReadonlySet<Id> = new Set();

/** Which rows of a tree are folded in, and how they are opened and closed. */
export const useClosedRows = (): {
  readonly closed: ReadonlySet<Id>;
  readonly toggle: (id: Id, open: boolean) => void;
  readonly open: (ids: readonly Id[]) => void;
} => {
  const [closed, setClosed] = useState(none);
  const toggle = useCallback(
    (id: Id, open: boolean): void =>
      setClosed((before) => {
        const after = new Set(before);
        if (open) after.delete(id);
        else after.add(id);
        return after;
      }),
    [],
  );
  const open = useCallback(
    (ids: readonly Id[]): void =>
      setClosed((before) => new Set([...before].filter((id) => !ids.includes(id)))),
    [],
  );
  return { closed, toggle, open };
};
