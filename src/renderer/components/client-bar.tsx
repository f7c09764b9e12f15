import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import { PlainText } from './plain-text.tsx';

export type ClientBarProps = {
  readonly name: string;
  /** Age, personal identity code, language, unit: joined by a middle dot. */
  readonly facts: readonly string[];
  /** Tags for what must be seen at once: a risk, a restraint on disclosure. */
  readonly tags?: ReactNode;
  /** What can be done with the client as a whole. */
  readonly actions?: ReactNode;
  /** Who else has the client open now, as ProfessionNames or words. */
  readonly present?: ReactNode;
  /** Why one sees this: always there. */
  readonly ground: ReactNode;
};

export const ClientBar = ({ name, facts, tags, actions, present, ground }: ClientBarProps) => (
  <header className="client-bar">
    <h1>
      <PlainText text={name} />
    </h1>
    <span className="client-facts" title={facts.join(' · ')}>
      <PlainText text={facts.join(' · ')} />
    </span>
    {actions}
    {tags}
    <span className="client-side">
      {present}
      <span className="client-ground">
        <Icon name="key" size={14} />
        <span>{ground}</span>
      </span>
    </span>
  </header>
);
