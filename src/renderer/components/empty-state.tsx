import type { ReactNode } from 'react';

export type EmptyStateProps = {
  /** One sentence: what is not there. */
  readonly children: ReactNode;
  /** One next step. */
  readonly action?: ReactNode;
};

export const EmptyState = ({ children, action }: EmptyStateProps) => (
  <div className="empty-state">
    <p>{children}</p>
    {action}
  </div>
);
