import type { ReactNode } from 'react';

/** Said by a screen reader, not drawn. */
export const VisuallyHidden = ({ children }: { readonly children: ReactNode }) => (
  <span className="visually-hidden">{children}</span>
);
