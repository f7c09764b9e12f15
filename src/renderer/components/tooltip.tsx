import type { ReactElement } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';

export type TooltipProps = {
  readonly text: string;
  /** One Button, IconButton or TextLink: something that can have focus. */
  readonly children: ReactElement;
};

/** Shown on hover and on focus, closed by Esc; it adds to a name and never replaces one. */
export const Tooltip = ({ text, children }: TooltipProps) => (
  <TooltipTrigger delay={500} closeDelay={100}>
    {children}
    <AriaTooltip className="tooltip" offset={6}>
      {text}
    </AriaTooltip>
  </TooltipTrigger>
);
