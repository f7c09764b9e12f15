import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export type BannerTone = 'info' | 'warn' | 'bad' | 'fork';

const signs: Readonly<Record<BannerTone, IconName>> = {
  info: 'info',
  warn: 'alert',
  bad: 'alert',
  fork: 'fork',
};

export type BannerProps = {
  readonly tone: BannerTone;
  readonly children: ReactNode;
  /** A short heading before the text. */
  readonly title?: string;
  readonly actions?: ReactNode;
  readonly icon?: IconName;
  /** `line` runs the width of the view, `box` stands inside it. */
  readonly shape?: 'line' | 'box';
  /** Read out when it appears: `polite` waits for a pause, `assertive` breaks in. */
  readonly announce?: 'polite' | 'assertive';
};

export const Banner = ({
  tone,
  children,
  title,
  actions,
  icon = signs[tone],
  shape = 'line',
  announce,
}: BannerProps) => (
  <div
    className={`banner banner-${tone} banner-${shape}`}
    {...(announce === undefined ? {} : { role: announce === 'polite' ? 'status' : 'alert' })}
  >
    <Icon name={icon} size={16} />
    <div className="banner-words">
      {title !== undefined && <b>{title}</b>} {children}
    </div>
    {actions !== undefined && <div className="banner-actions">{actions}</div>}
  </div>
);
