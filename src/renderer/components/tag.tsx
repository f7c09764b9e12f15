import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export type Tone = 'neutral' | 'ok' | 'warn' | 'bad' | 'info' | 'fork' | 'mark' | 'line';

export type TagProps = {
  readonly children: ReactNode;
  readonly tone?: Tone;
  readonly icon?: IconName;
};

export const Tag = ({ children, tone = 'neutral', icon }: TagProps) => (
  <span className={`tag tag-${tone}`}>
    {icon !== undefined && <Icon name={icon} size={13} />}
    {children}
  </span>
);
