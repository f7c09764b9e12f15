import type { ReactNode } from 'react';

/** What may be longer than its card: reached and scrolled by keyboard too. */
export const Scroll = ({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}) => (
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by arrow keys
  <div className="overview-scroll" tabIndex={0} role="group" aria-label={label}>
    {children}
  </div>
);
