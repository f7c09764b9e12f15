import type { ReactNode } from 'react';

export type PageHeadProps = {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
};

export const PageHead = ({ title, note, actions }: PageHeadProps) => (
  <header className="page-head">
    <h1>{title}</h1>
    {note !== undefined && <span className="muted">{note}</span>}
    {actions !== undefined && <span className="row end">{actions}</span>}
  </header>
);
