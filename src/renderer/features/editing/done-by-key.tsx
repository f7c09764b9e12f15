import type { KeyboardEvent, ReactNode } from 'react';

export type DoneByKeyProps = {
  readonly onDone: () => void;
  readonly className?: string;
  readonly children: ReactNode;
};

/**
 * Fields that Ctrl Enter finishes from any of them. It comes before the field itself: a day's parts and lists keep
 * their keys to themselves, and a button is not pressed by it.
 */
export const DoneByKey = ({ onDone, className = 'stack', children }: DoneByKeyProps) => {
  const finish = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !event.ctrlKey) return;
    event.preventDefault();
    event.stopPropagation();
    onDone();
  };
  return (
    <div className={className} onKeyDownCapture={finish}>
      {children}
    </div>
  );
};
