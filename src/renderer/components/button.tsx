import type { ReactNode, Ref } from 'react';
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  Link as AriaLink,
  type LinkProps as AriaLinkProps,
} from 'react-aria-components';
import { Icon, type IconName } from './icon.tsx';

export type ButtonVariant = 'plain' | 'main' | 'flat' | 'bad' | 'fork';

export type ButtonProps = Omit<AriaButtonProps, 'children' | 'className' | 'style'> & {
  readonly children: ReactNode;
  /** `main` once per view; `bad` for what removes, never the default button. */
  readonly variant?: ButtonVariant;
  readonly icon?: IconName;
  readonly ref?: Ref<HTMLButtonElement>;
};

/**
 * Busy: pass `isPending`; the button keeps its focus and its place and takes no press. Said by
 * `aria-busy` on the button itself: React Aria's own way announces an element that is gone when the
 * button leaves with its dialog.
 */
export const Button = ({
  children,
  variant = 'plain',
  icon,
  isPending = false,
  onPress,
  ...rest
}: ButtonProps) => (
  <AriaButton
    {...rest}
    {...(isPending ? { 'aria-busy': true, 'data-pending': true } : {})}
    {...(isPending || onPress === undefined ? {} : { onPress })}
    className={`button button-${variant}`}
  >
    {icon !== undefined && <Icon name={icon} size={15} />}
    {children}
  </AriaButton>
);

export type IconButtonProps = Omit<
  AriaButtonProps,
  'children' | 'className' | 'style' | 'aria-label'
> & {
  readonly icon: IconName;
  readonly label: string;
  readonly size?: number;
};

/** A sign alone: only for the ones everybody knows (close, lock, more). Put a Tooltip around it. */
export const IconButton = ({ icon, label, size = 16, ...rest }: IconButtonProps) => (
  <AriaButton {...rest} aria-label={label} className="icon-button">
    <Icon name={icon} size={size} />
  </AriaButton>
);

export type TextLinkProps = Omit<AriaLinkProps, 'children' | 'className' | 'style'> & {
  readonly children: ReactNode;
};

/** Underlined. With `href` a link, with `onPress` alone an action in the flow of text. */
export const TextLink = ({ children, ...rest }: TextLinkProps) => (
  <AriaLink {...rest} className="text-link">
    {children}
  </AriaLink>
);
