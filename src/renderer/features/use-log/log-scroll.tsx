import type { ReactNode } from 'react';

/** A table wider than its card is scrolled in it, by the arrow keys too. */
export const LogScroll = ({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}) => (
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by arrow keys
  <div className="use-log-scroll" tabIndex={0} role="group" aria-label={label}>
    <table className="use-log-table">{children}</table>
  </div>
);
