import type { ReactNode } from 'react';
import { RouterProvider } from 'react-aria-components';

/** Links below ask `follow` where they lead; with a modifier key they are the window's own. */
export const LinksWithin = ({
  follow,
  children,
}: {
  readonly follow: (href: string) => void;
  readonly children: ReactNode;
}) => <RouterProvider navigate={follow}>{children}</RouterProvider>;
