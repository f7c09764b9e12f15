import type { ReactNode } from 'react';

export type DoneByKeyProps = {
  readonly onDone: () => void;
  readonly className?: string;
  readonly children: ReactNode;
};

/** Fields that Ctrl Enter finishes. */
export const DoneByKey = ({ onDone, className = 'stack', children }: DoneByKeyProps) => (
  // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys belong to the fields inside
  <div
    className={className}
    onKeyDown={(event) => {
      if (event.key === 'Enter' && event.ctrlKey) {
        event.preventDefault();
        onDone();
      }
    }}
  >
    {children}
  </div>
);
