import { type ReactNode, useId } from 'react';
import { useRegionRole } from './region-role.tsx';

export type CardProps = {
  readonly title?: ReactNode;
  /** Second rank, right after the title: a count, a word of explanation. */
  readonly note?: ReactNode;
  /** At the end of the head: a link, a tag. */
  readonly more?: ReactNode;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
  /** Accessible name when there is no title. */
  readonly label?: string;
  /** The content meets the card's edges: tables and trees. */
  readonly flush?: boolean;
  readonly className?: string;
};

export const Card = ({
  title,
  note,
  more,
  footer,
  children,
  label,
  flush = false,
  className = '',
}: CardProps) => {
  const titleId = useId();
  return (
    <section
      role={useRegionRole()}
      className={`card ${className}`}
      {...(title === undefined ? { 'aria-label': label } : { 'aria-labelledby': titleId })}
    >
      {title !== undefined && (
        <header className="card-head">
          <h2 id={titleId}>{title}</h2>
          {note !== undefined && <span className="card-note">{note}</span>}
          {more !== undefined && <span className="card-more">{more}</span>}
        </header>
      )}
      <div className={flush ? 'card-flush' : 'card-body'}>{children}</div>
      {footer !== undefined && <footer className="card-foot">{footer}</footer>}
    </section>
  );
};
