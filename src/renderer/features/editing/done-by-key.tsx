import type { KeyboardEvent, ReactNode } from 'react';

export type DoneByKeyProps = {
  readonly onDone: () => void;
  readonly className?: string;
  readonly children: ReactNode;
};

const isOnButton = ({ target }: KeyboardEvent): boolean =>
  target instanceof Element && target.closest('button') !== null;

/** Fields that Ctrl Enter finishes, also from a button among them, which it does not press. */
export const DoneByKey = ({ onDone, className = 'stack', children }: DoneByKeyProps) => {
  const finish = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !event.ctrlKey) return;
    event.preventDefault();
    event.stopPropagation();
    onDone();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys belong to the fields inside
    <div
      className={className}
      onKeyDownCapture={(event) => {
        if (isOnButton(event)) finish(event);
      }}
      onKeyDown={finish}
    >
      {children}
    </div>
  );
};
